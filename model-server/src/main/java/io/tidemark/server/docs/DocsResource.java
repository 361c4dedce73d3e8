package io.tidemark.server.docs;

import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.tidemark.server.request.Route;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The front page, the contract and Swagger UI, all from the class path: nothing is fetched from
 * elsewhere. Files are listed one by one, so no path of a request is ever a path of a file.
 */
public final class DocsResource {
    private static final String OURS = "/docs/";
    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    private final byte[] openApi = OpenApiDocument.json();

    public List<Route> routes() {
        String swagger = swaggerFolder();
        List<Route> routes = new ArrayList<>();
        routes.add(
                Route.open(
                        "/openapi.json",
                        ctx -> ctx.contentType(ContentType.APPLICATION_JSON).result(openApi)));
        routes.add(page("/", OURS + "index.html", HTML));
        routes.add(page("/docs", OURS + "docs.html", HTML));
        routes.add(asset("/docs/index.css", OURS + "index.css", STYLE));
        routes.add(asset("/docs/start.js", OURS + "start.js", SCRIPT));
        routes.add(asset("/docs/swagger-ui.css", swagger + "swagger-ui.css", STYLE));
        routes.add(asset("/docs/swagger-ui-bundle.js", swagger + "swagger-ui-bundle.js", SCRIPT));
        routes.add(asset("/docs/favicon-32x32.png", swagger + "favicon-32x32.png", "image/png"));
        return routes;
    }

    private static Route page(String path, String resource, String type) {
        byte[] content = Resource.bytes(resource);
        return Route.open(path, ctx -> ctx.contentType(type).result(content));
    }

    private static Route asset(String path, String resource, String type) {
        byte[] content = Resource.bytes(resource);
        return Route.open(path, ctx -> answerAsset(ctx, type, content));
    }

    private static void answerAsset(Context ctx, String type, byte[] content) {
        ctx.header(Header.CACHE_CONTROL, "max-age=3600").contentType(type).result(content);
    }

    /** The WebJar's folder has its version in it, and its pom.properties knows that. */
    private static String swaggerFolder() {
        String resource = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
        Properties pom = new Properties();
        try {
            pom.load(new ByteArrayInputStream(Resource.bytes(resource)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/META-INF/resources/webjars/swagger-ui/" + pom.getProperty("version") + "/";
    }
}
