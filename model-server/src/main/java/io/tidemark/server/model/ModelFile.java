package io.tidemark.server.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A model as bytes, big-endian: magic {@code TDMDL}, format 1, kind, then the parts of its record
 * in their order; an array is its length and its numbers. Reading makes numbers only, and no array
 * longer than the bytes that are left; the records check the rest. Documented in docs/models.md.
 */
public final class ModelFile {
    /** More is refused. */
    public static final int MOST_BYTES = 256 << 20;

    private static final byte[] MAGIC = {'T', 'D', 'M', 'D', 'L'};
    private static final int FORMAT = 1;
    private static final int LINEAR = 1;
    private static final int LOGISTIC = 2;
    private static final int TREES = 3;
    private static final int PERCEPTRON = 4;

    private ModelFile() {}

    /** The bytes of a model. */
    public static byte[] write(Model model) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(MAGIC);
            out.writeByte(FORMAT);
            if (model instanceof LinearModel linear) {
                out.writeByte(LINEAR);
                out.writeDouble(linear.intercept());
                write(out, linear.weights());
            } else if (model instanceof LogisticModel logistic) {
                out.writeByte(LOGISTIC);
                out.writeInt(logistic.inputs());
                write(out, logistic.intercepts());
                write(out, logistic.weights());
            } else if (model instanceof TreeModel trees) {
                out.writeByte(TREES);
                write(out, trees);
            } else if (model instanceof PerceptronModel perceptron) {
                out.writeByte(PERCEPTRON);
                out.writeInt(perceptron.inputs());
                out.writeInt(perceptron.hidden());
                out.writeInt(perceptron.outputs());
                write(out, perceptron.hiddenWeights());
                write(out, perceptron.outputWeights());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * The model in the bytes.
     *
     * @throws ModelRefusedException saying what is wrong with them
     */
    public static Model read(byte[] bytes) throws ModelRefusedException {
        if (bytes.length > MOST_BYTES) {
            throw new ModelRefusedException(
                    "the model has %d bytes, at most %d are read"
                            .formatted(bytes.length, MOST_BYTES));
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            for (byte expected : MAGIC) {
                if (in.readByte() != expected) {
                    throw new ModelRefusedException("this is not a model of Tidemark");
                }
            }
            int format = in.readUnsignedByte();
            if (format != FORMAT) {
                throw new ModelRefusedException("model format " + format + " is not known here");
            }
            Model model = read(in.readUnsignedByte(), in);
            if (in.available() > 0) {
                throw new ModelRefusedException(in.available() + " bytes follow the model");
            }
            return model;
        } catch (EOFException e) {
            throw new ModelRefusedException("the model ends too early");
        } catch (IllegalArgumentException e) {
            throw new ModelRefusedException("the model contradicts itself: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Model read(int kind, DataInputStream in)
            throws IOException, ModelRefusedException {
        return switch (kind) {
            case LINEAR -> new LinearModel(in.readDouble(), doubles(in));
            case LOGISTIC -> new LogisticModel(in.readInt(), doubles(in), doubles(in));
            case TREES -> trees(in);
            case PERCEPTRON ->
                    new PerceptronModel(
                            in.readInt(), in.readInt(), in.readInt(), doubles(in), doubles(in));
            default -> throw new ModelRefusedException("model kind " + kind + " is not known here");
        };
    }

    private static void write(DataOutputStream out, TreeModel model) throws IOException {
        out.writeInt(model.inputs());
        out.writeInt(model.outputs());
        out.writeByte(model.sum().ordinal());
        out.writeDouble(model.base());
        out.writeDouble(model.scale());
        TreeModel.Trees trees = model.trees();
        write(out, trees.roots());
        write(out, trees.weights());
        write(out, trees.feature());
        write(out, trees.threshold());
        write(out, trees.left());
        write(out, trees.right());
        write(out, trees.leaves());
    }

    private static TreeModel trees(DataInputStream in) throws IOException, ModelRefusedException {
        int inputs = in.readInt();
        int outputs = in.readInt();
        int sum = in.readUnsignedByte();
        if (sum >= TreeModel.Sum.values().length) {
            throw new ModelRefusedException("sum " + sum + " of trees is not known here");
        }
        return new TreeModel(
                inputs,
                outputs,
                TreeModel.Sum.values()[sum],
                in.readDouble(),
                in.readDouble(),
                new TreeModel.Trees(
                        ints(in),
                        doubles(in),
                        ints(in),
                        doubles(in),
                        ints(in),
                        ints(in),
                        doubles(in)));
    }

    private static void write(DataOutputStream out, double[] values) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static void write(DataOutputStream out, int[] values) throws IOException {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    private static double[] doubles(DataInputStream in) throws IOException, ModelRefusedException {
        double[] values = new double[length(in, Double.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    private static int[] ints(DataInputStream in) throws IOException, ModelRefusedException {
        int[] values = new int[length(in, Integer.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readInt();
        }
        return values;
    }

    private static int length(DataInputStream in, int each)
            throws IOException, ModelRefusedException {
        int length = in.readInt();
        // A length somebody made up must not cost memory.
        if (length < 0 || (long) length * each > in.available()) {
            throw new ModelRefusedException(
                    "an array of %d numbers does not fit into the %d bytes left"
                            .formatted(length, in.available()));
        }
        return length;
    }
}
