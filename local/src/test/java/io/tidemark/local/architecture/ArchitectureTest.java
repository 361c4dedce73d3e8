package io.tidemark.local.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.doNot;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.tidemark.features.kernel.Kernel;
import io.tidemark.schemas.settings.Secret;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;

/** The rules that keep the house in order; each says in its reason what it protects. */
@AnalyzeClasses(packages = "io.tidemark", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String FEATURES = "io.tidemark.features..";

    /** Made by Avro from {@code schemas/src/main/avro}: not ours to shape. */
    private static final String GENERATED = "io.tidemark.schemas.archive.avro";

    @ArchTest
    static final ArchRule dependenciesPointOneWay =
            layeredArchitecture()
                    .consideringOnlyDependenciesInAnyPackage("io.tidemark..")
                    .layer("schemas")
                    .definedBy("io.tidemark.schemas..")
                    .layer("features")
                    .definedBy(FEATURES)
                    .layer("report")
                    .definedBy("io.tidemark.report..")
                    .layer("job")
                    .definedBy("io.tidemark.job..")
                    .layer("model-server")
                    .definedBy("io.tidemark.server..")
                    .layer("cluster")
                    .definedBy("io.tidemark.cluster..")
                    .layer("local")
                    .definedBy("io.tidemark.local..")
                    .whereLayer("local")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("job")
                    .mayOnlyBeAccessedByLayers("local")
                    .whereLayer("model-server")
                    .mayOnlyBeAccessedByLayers("local")
                    .whereLayer("cluster")
                    .mayOnlyBeAccessedByLayers("local")
                    .whereLayer("cluster")
                    .mayNotAccessAnyLayer()
                    .whereLayer("report")
                    .mayOnlyBeAccessedByLayers("job", "model-server")
                    .whereLayer("report")
                    .mayNotAccessAnyLayer()
                    .whereLayer("features")
                    .mayOnlyBeAccessedByLayers("job", "model-server", "local")
                    .ensureAllClassesAreContainedInArchitecture()
                    .because("job and model server meet in PostgreSQL, broker and archive only");

    @ArchTest
    static final ArchRule kernelsSeeOnlyTheJdkAndTheContract =
            classes()
                    .that()
                    .resideInAPackage(FEATURES)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java.lang..",
                            "java.io",
                            "java.util..",
                            "org.jspecify.annotations",
                            FEATURES,
                            "io.tidemark.schemas.event",
                            "io.tidemark.schemas.registry")
                    .because("the same bytes serve the stream, replay and the server");

    @ArchTest
    static final ArchRule kernelsReadNoClockAndNoChance =
            noClasses()
                    .that()
                    .resideInAPackage(FEATURES)
                    .should()
                    .accessTargetWhere(isClockOrChance())
                    .because("a row is a pure function of events; time comes in as an argument");

    @ArchTest
    static final ArchRule kernelsDoNoInputOrOutput =
            noClasses()
                    .that()
                    .resideInAPackage(FEATURES)
                    .should()
                    .dependOnClassesThat(
                            are(
                                    resideInAnyPackage("java.io")
                                            .and(
                                                    doNot(
                                                            isOneOf(
                                                                    DataInput.class,
                                                                    DataOutput.class,
                                                                    IOException.class,
                                                                    Serializable.class)))))
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.util.concurrent..", "java.util.logging..")
                    .because("state is saved to a DataOutput somebody else owns, and nothing else");

    @ArchTest
    static final ArchRule kernelsAreImmutable =
            classes()
                    .that()
                    .implement(Kernel.class)
                    .should()
                    .haveModifier(JavaModifier.FINAL)
                    .andShould()
                    .haveOnlyFinalFields()
                    .andShould()
                    .notBePublic()
                    .because("one kernel serves all symbols and threads, and is found by its name");

    @ArchTest
    static final ArchRule onlySourceAndPublishKnowTheBroker =
            noClasses()
                    .that()
                    .resideInAPackage("io.tidemark.job..")
                    .and()
                    .resideOutsideOfPackages("io.tidemark.job.source", "io.tidemark.job.publish")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "com.rabbitmq..", "org.apache.flink.streaming.connectors.rabbitmq..")
                    .because("a move to Flink 2 replaces the source and nothing else");

    @ArchTest
    static final ArchRule onlyTheServingPackageKnowsTheDatabase =
            noClasses()
                    .that()
                    .resideInAPackage("io.tidemark.job..")
                    .and()
                    .resideOutsideOfPackage("io.tidemark.job.serving")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.sql..", "javax.sql..", "org.postgresql..", "org.flywaydb..")
                    .because("what is written to the serving store is decided in one place");

    @ArchTest
    static final ArchRule onlyTheArchivePackageKnowsParquet =
            noClasses()
                    .that()
                    .resideInAPackage("io.tidemark.job..")
                    .and()
                    .resideOutsideOfPackage("io.tidemark.job.archive")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.parquet..", "org.apache.hadoop..")
                    .because("the layout of the archive is decided in one place");

    @ArchTest static final ArchRule schemasPackagesHaveNoCycles = withoutCycles("schemas");

    @ArchTest static final ArchRule featuresPackagesHaveNoCycles = withoutCycles("features");

    @ArchTest static final ArchRule jobPackagesHaveNoCycles = withoutCycles("job");

    @ArchTest static final ArchRule serverPackagesHaveNoCycles = withoutCycles("server");

    @ArchTest static final ArchRule localPackagesHaveNoCycles = withoutCycles("local");

    @ArchTest
    static final ArchRule serverPartsDoNotKnowTheWhole =
            noClasses()
                    .that()
                    .resideInAPackage("io.tidemark.server.*..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.tidemark.server")
                    .because("the server is put together in one place, from parts");

    @ArchTest
    static final ArchRule nothingIsNamedAfterADumpingGround =
            noClasses()
                    .should()
                    .haveNameMatching(".*(Util|Helper|Manager|Common|Misc)s?[^.]*")
                    .orShould()
                    .resideInAnyPackage(
                            "..util..", "..utils..", "..common..", "..misc..", "..helper..")
                    .because("a shared thing is a concept: give it its name");

    @ArchTest
    static final ArchRule nothingReadsSerializedJavaObjects =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(ObjectInputStream.class)
                    .because("reading Java objects runs whatever was written");

    @ArchTest
    static final ArchRule keysAreNotComparedByteByByte =
            noClasses()
                    .that()
                    .resideInAPackage("io.tidemark.server.access..")
                    .should()
                    .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
                    .orShould()
                    .callMethod(Arrays.class, "compare", byte[].class, byte[].class)
                    .orShould()
                    .callMethod(Arrays.class, "mismatch", byte[].class, byte[].class)
                    .orShould()
                    .callMethod(Secret.class, "equals", Object.class)
                    .because("how long it takes would tell how much of a key is right");

    @ArchTest
    static final ArchRule keysAreComparedInConstantTime =
            classes()
                    .that()
                    .haveFullyQualifiedName("io.tidemark.server.access.KeySet")
                    .should(callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class))
                    .because("it takes the same time for whatever is compared");

    @ArchTest
    static final ArchRule classesAreFinal =
            classes()
                    .that()
                    .resideOutsideOfPackage(GENERATED)
                    .and()
                    .areNotInterfaces()
                    .and()
                    .areNotEnums()
                    .and()
                    .areNotAnonymousClasses()
                    .and(doNot(beEnumConstants()))
                    .and()
                    .doNotHaveModifier(JavaModifier.ABSTRACT)
                    .should()
                    .haveModifier(JavaModifier.FINAL)
                    .because("nothing here is made to be extended but what cannot be used else");

    @ArchTest
    static final ArchRule nothingStaticChanges =
            fields().that()
                    .areStatic()
                    .should()
                    .beFinal()
                    .because("a static variable is shared by every job and server of the process");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes()
                    .that()
                    .resideOutsideOfPackage(GENERATED)
                    .should(be(inANullMarkedPackage()))
                    .because("null safety is checked only there");

    @ArchTest
    static final ArchRule onlyProgramsTalkToTheTerminal =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.tidemark.local.cli")
                    .and()
                    .doNotHaveFullyQualifiedName("io.tidemark.server.ServerMain")
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err")
                    .because("everything else has a log, metrics or a caller");

    private static ArchRule withoutCycles(String module) {
        return slices().matching("io.tidemark." + module + ".(*)..").should().beFreeOfCycles();
    }

    private static DescribedPredicate<JavaClass> isOneOf(Class<?>... allowed) {
        Set<Class<?>> set = Set.of(allowed);
        return describe(
                "one of " + set, type -> set.stream().anyMatch(one -> type.isEquivalentTo(one)));
    }

    private static DescribedPredicate<JavaClass> beEnumConstants() {
        return describe(
                "be enum constants with a body",
                type -> type.getRawSuperclass().map(JavaClass::isEnum).orElse(false));
    }

    private static DescribedPredicate<JavaClass> inANullMarkedPackage() {
        return describe(
                "in a package marked @NullMarked",
                type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }

    /** Also what is only referenced ({@code System::nanoTime}). */
    private static DescribedPredicate<JavaAccess<?>> isClockOrChance() {
        return describe(
                "a clock or a source of chance",
                access -> {
                    JavaClass owner = access.getTargetOwner();
                    String name = access.getTarget().getName();
                    boolean withoutArguments = access.getTarget().getFullName().endsWith("()");
                    if (owner.getPackageName().startsWith("java.time")) {
                        return name.equals("now") || owner.getSimpleName().contains("Clock");
                    }
                    if (owner.isEquivalentTo(System.class)) {
                        return Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty")
                                .contains(name);
                    }
                    if (owner.isEquivalentTo(Random.class)
                            || owner.isEquivalentTo(SplittableRandom.class)) {
                        return name.equals("<init>") && withoutArguments;
                    }
                    return owner.isEquivalentTo(ThreadLocalRandom.class)
                            || (owner.isEquivalentTo(Math.class) && name.equals("random"))
                            || (owner.isEquivalentTo(UUID.class) && name.equals("randomUUID"));
                });
    }
}
