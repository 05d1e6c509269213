package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.json.JsonObjectReader;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Points in time as users write them: ISO 8601 (UTC where no zone is given) or milliseconds since 1970. */
public final class Timestamps {
    /** How far ahead another machine's clock may be. Such an event counts as now. */
    private static final long AHEAD = 5 * 60_000L;
    /**
     * As {@link DateTimeFormatter#ISO_DATE_TIME}, with an offset in any of ISO's spellings: {@code +02:00},
     * {@code +0200}, {@code +02}.
     */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
        .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
        .optionalStart()
        .parseLenient()
        .appendOffset("+HH", "Z")
        .parseStrict()
        .optionalStart()
        .appendLiteral('[')
        .parseCaseSensitive()
        .appendZoneRegionId()
        .appendLiteral(']')
        .toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT)
        .withChronology(IsoChronology.INSTANCE);
    private static final String ALLOWED = "ISO 8601 or milliseconds since 1970, not before 1970";

    private Timestamps() {}

    /** @return milliseconds since 1970, in [0, now] */
    static long read(JsonObjectReader reader, String key, long now) {
        if (reader.has(key) == false) {
            return now;
        }
        Object value = reader.value(key);
        long millis;
        try {
            millis = switch (value) {
                case Number number -> reader.integer(key, 0, Long.MAX_VALUE, now);
                case String text -> parse(text);
                case null, default -> throw reader.invalid(key, ALLOWED);
            };
        } catch (DateTimeException | ArithmeticException e) {
            throw reader.invalid(key, ALLOWED);
        }
        if (millis < 0) {
            throw reader.invalid(key, ALLOWED);
        }
        if (millis > now + AHEAD) {
            throw reader.invalid(
                key,
                "at most five minutes ahead of the clock, which is at [" + java.time.Instant.ofEpochMilli(now) + "]"
            );
        }
        return Math.min(millis, now);
    }

    /** @throws DateTimeException where the text is no point in time */
    public static long parse(String text) {
        if (text.matches("-?\\d{1,18}")) {
            return Long.parseLong(text);
        }
        if (text.length() <= 10) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        TemporalAccessor time = TIME.parseBest(text, ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from);
        return switch (time) {
            case ZonedDateTime zoned -> zoned.toInstant().toEpochMilli();
            case OffsetDateTime offset -> offset.toInstant().toEpochMilli();
            default -> ((LocalDateTime) time).toInstant(ZoneOffset.UTC).toEpochMilli();
        };
    }
}
