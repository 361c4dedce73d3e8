package io.tidemark.server.models;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where packages lie, as {@code models.directory} names it. */
public sealed interface PackagePlace {
    Pattern BUCKET = Pattern.compile("(s3|gs)://([a-z0-9][a-z0-9._-]{1,61}[a-z0-9])(?:/(.*))?");
    Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");

    /** A directory of this machine, or one that several mount. */
    record Directory(Path path) implements PackagePlace {}

    /**
     * @param google its names are Google's; else AWS's or those of a store that speaks like it
     * @param prefix of every object's key; empty, or with a slash at the end
     */
    record Bucket(boolean google, String name, String prefix) implements PackagePlace {}

    /**
     * @param text a path, {@code s3://bucket/prefix} or {@code gs://bucket/prefix}
     * @throws IllegalArgumentException when it is none of these
     */
    static PackagePlace of(String text) {
        if (!text.contains("://")) {
            try {
                return new Directory(Path.of(text));
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("must be a directory", e);
            }
        }
        Matcher bucket = BUCKET.matcher(text);
        if (!bucket.matches()) {
            throw new IllegalArgumentException(
                    "must be a directory, s3://bucket/prefix or gs://bucket/prefix");
        }
        String given = bucket.group(3) == null ? "" : bucket.group(3);
        String prefix = given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
        if (!prefix.isEmpty() && !PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "must have a prefix of letters, digits, '.', '_' and '-' between single slashes");
        }
        return new Bucket(
                bucket.group(1).equals("gs"),
                bucket.group(2),
                prefix.isEmpty() ? "" : prefix + "/");
    }
}
