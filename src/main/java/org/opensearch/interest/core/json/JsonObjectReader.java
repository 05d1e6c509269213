package org.opensearch.interest.core.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads one JSON object key by key. The caller reads every key that it understands and calls {@link #done()} at the
 * end, which fails if the object holds any other key. Every failure is an {@link IllegalArgumentException} whose
 * message names the key, the value seen and what is allowed. An explicit {@code null} counts as a wrong value, not as
 * an absent one. Not thread-safe.
 */
public final class JsonObjectReader {
    /** The most characters of a value in a message: enough to recognise it, too few to fill a log. */
    private static final int QUOTED_CHARACTERS = 100;

    private final String what;
    private final String path;
    private final Map<String, ?> json;
    private final TreeSet<String> asked = new TreeSet<>();
    private final Map<String, JsonObjectReader> children = new LinkedHashMap<>();

    /**
     * @param what a name of the object for messages, such as "embed request"
     * @param json the object as parsed: maps, lists, strings, numbers, booleans and null
     */
    public JsonObjectReader(String what, Map<String, ?> json) {
        this(what, "", json);
    }

    private JsonObjectReader(String what, String path, Map<String, ?> json) {
        this.what = Objects.requireNonNull(what, "what");
        this.path = path;
        this.json = Objects.requireNonNull(json, "json");
    }

    /** Whether the key is present, even with the value null. From then on the key counts as read. */
    public boolean has(String key) {
        asked.add(key);
        return json.containsKey(key);
    }

    /** The value as it was parsed; null if the key is absent. For types that no other method reads. */
    public Object value(String key) {
        return has(key) ? json.get(key) : null;
    }

    public String requiredString(String key) {
        require(key, "a string");
        return optionalString(key, null);
    }

    public String optionalString(String key, String ifAbsent) {
        if (has(key) == false) {
            return ifAbsent;
        }
        return json.get(key) instanceof String string ? string : fail(key, "a string");
    }

    /** One of the allowed strings, which messages list in the given order; {@code ifAbsent} need not be one of them. */
    public String oneOf(String key, String ifAbsent, String... allowed) {
        String value = optionalString(key, ifAbsent);
        if (has(key) && Arrays.asList(allowed).contains(value) == false) {
            return fail(key, "one of " + Arrays.toString(allowed));
        }
        return value;
    }

    /** A finite number in [min,max]. */
    public double number(String key, double min, double max, double ifAbsent) {
        return number(key, min, max).orElse(ifAbsent);
    }

    /** A finite number in [min,max]; empty if the key is absent. */
    public OptionalDouble number(String key, double min, double max) {
        if (has(key) == false) {
            return OptionalDouble.empty();
        }
        // the comparisons are false for NaN, so it fails as well
        if (json.get(key) instanceof Number number && number.doubleValue() >= min && number.doubleValue() <= max
            && Double.isFinite(number.doubleValue())) {
            return OptionalDouble.of(number.doubleValue());
        }
        return fail(key, "a number in [" + plain(min) + "," + plain(max) + "]");
    }

    /** A whole number in [min,max]. */
    public long integer(String key, long min, long max, long ifAbsent) {
        return integer(key, min, max).orElse(ifAbsent);
    }

    /** A whole number in [min,max]; empty if the key is absent. */
    public OptionalLong integer(String key, long min, long max) {
        if (has(key) == false) {
            return OptionalLong.empty();
        }
        // 3.0 is whole; a large BigInteger or 1e300 does not fit into a long
        if (json.get(key) instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue())
            && Math.abs(number.doubleValue()) < Long.MAX_VALUE && number.longValue() >= min
            && number.longValue() <= max) {
            return OptionalLong.of(number.longValue());
        }
        return fail(key, "a whole number in [" + min + "," + max + "]");
    }

    public boolean bool(String key, boolean ifAbsent) {
        if (has(key) == false) {
            return ifAbsent;
        }
        return json.get(key) instanceof Boolean bool ? bool : fail(key, "true or false");
    }

    /** A list of values of any type; null if the key is absent. */
    public List<?> list(String key) {
        if (has(key) == false) {
            return null;
        }
        return json.get(key) instanceof List<?> list ? list : fail(key, "a list");
    }

    /** A list of strings; null if the key is absent. */
    public List<String> strings(String key) {
        if (has(key) == false) {
            return null;
        }
        if (json.get(key) instanceof List<?> list) {
            List<String> strings = new ArrayList<>(list.size());
            for (Object element : list) {
                if (element instanceof String string) {
                    strings.add(string);
                } else {
                    throw error(path + key + "[" + strings.size() + "]", element, "a string");
                }
            }
            return strings;
        }
        return fail(key, "a list of strings");
    }

    /** A list of finite numbers; null if the key is absent. */
    public float[] floats(String key) {
        if (has(key) == false) {
            return null;
        }
        if (json.get(key) instanceof List<?> list) {
            float[] floats = new float[list.size()];
            for (int i = 0; i < floats.length; i++) {
                if (list.get(i) instanceof Number number && Float.isFinite(number.floatValue())) {
                    floats[i] = number.floatValue();
                } else {
                    throw error(path + key + "[" + i + "]", list.get(i), "a finite number");
                }
            }
            return floats;
        }
        return fail(key, "a list of numbers");
    }

    /** A nested object; null if the key is absent. {@link #done()} of this reader checks it, too. */
    public JsonObjectReader object(String key) {
        if (has(key) == false) {
            return null;
        }
        if (children.containsKey(key)) {
            return children.get(key);
        }
        if (json.get(key) instanceof Map<?, ?> map) {
            Map<String, Object> object = new LinkedHashMap<>();
            map.forEach((name, value) -> object.put(String.valueOf(name), value));
            JsonObjectReader child = new JsonObjectReader(what, path + key + ".", object);
            children.put(key, child);
            return child;
        }
        return fail(key, "an object");
    }

    /** The keys in the order of the object. For objects whose keys are chosen by the user. */
    public List<String> keys() {
        return List.copyOf(json.keySet());
    }

    /** Fails if the key is absent. */
    public void require(String key, String allowed) {
        if (has(key) == false) {
            throw new IllegalArgumentException(
                "[interest] [" + path + key + "] of " + what + " is missing: it must be " + allowed
            );
        }
    }

    /** Fails if this object or a nested one holds a key that was not read. */
    public void done() {
        List<String> unknown = json.keySet().stream().filter(key -> asked.contains(key) == false).toList();
        if (unknown.isEmpty() == false) {
            throw new IllegalArgumentException(
                "[interest] unknown key [" + path + quote(unknown.get(0)) + "] in " + what + ": allowed are "
                    + asked.stream().map(key -> path + key).collect(Collectors.joining(", ", "[", "]"))
            );
        }
        children.values().forEach(JsonObjectReader::done);
    }

    /** The exception for a value that only the caller can recognise as wrong. */
    public IllegalArgumentException invalid(String key, String allowed) {
        return error(path + key, json.get(key), allowed);
    }

    /** Throws; the return type lets callers use it as an expression. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // it never returns, so no cast is hidden
    private <T> T fail(String key, String allowed) {
        throw invalid(key, allowed);
    }

    private IllegalArgumentException error(String where, Object seen, String allowed) {
        return new IllegalArgumentException(
            "[interest] [" + where + "] of " + what + " must be " + allowed + ", but was ["
                + quote(String.valueOf(seen)) + "]"
        );
    }

    private static String quote(String text) {
        return text.length() <= QUOTED_CHARACTERS ? text : text.substring(0, QUOTED_CHARACTERS) + "…";
    }

    /** A bound as the documentation writes it: 0 rather than 0.0. */
    private static String plain(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15 ? Long.toString((long) bound)
            : Double.toString(bound);
    }
}
