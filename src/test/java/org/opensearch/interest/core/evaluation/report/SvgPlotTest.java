package org.opensearch.interest.core.evaluation.report;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.evaluation.metric.ConfidenceInterval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** All drawn elements lie within the picture, whatever the figures. */
class SvgPlotTest {
    private static final Pattern PLACE = Pattern.compile(" (?:x|x1|x2)=\"(-?[\\d.]+)\"");

    private static void assertWithin(String svg) {
        Matcher size = Pattern.compile("viewBox=\"0 0 (\\d+) (\\d+)\"").matcher(svg);
        assertTrue(size.find(), svg);
        Matcher place = PLACE.matcher(svg);
        int places = 0;
        while (place.find()) {
            double x = Double.parseDouble(place.group(1));
            assertTrue(x >= 0 && x <= Integer.parseInt(size.group(1)), x + " in " + svg);
            places++;
        }
        assertTrue(places > 3);
        assertFalse(svg.contains("NaN") || svg.contains("Infinity"), svg);
    }

    private static Map<String, ConfidenceInterval> values(double... triples) {
        Map<String, ConfidenceInterval> values = new LinkedHashMap<>();
        for (int i = 0; i < triples.length; i += 3) {
            values.put("method" + i, new ConfidenceInterval(triples[i], triples[i + 1], triples[i + 2]));
        }
        return values;
    }

    @Test
    void barsStayWithin() {
        assertWithin(SvgPlot.bars(values(0.3, 0.2, 0.4, 0.1, 0.05, 0.6)));
        assertWithin(SvgPlot.bars(values(0, 0, 0, 0, 0, 0)));
        assertWithin(SvgPlot.bars(values(0.8, Double.NaN, Double.NaN, 0.1, Double.NaN, Double.NaN)));
    }

    @Test
    void differencesGoToBothSidesAndSayWhatIsSure() {
        String svg = SvgPlot.differences(values(0.3, 0.2, 0.4, -0.1, -0.3, -0.05, 0.01, -0.02, 0.04));
        assertWithin(svg);
        for (String kind : List.of("up", "down", "even")) {
            assertEquals(2, svg.split("class=\"" + kind + "\"").length, kind);
        }
        assertWithin(SvgPlot.differences(values(0, 0, 0, 0, 0, 0)));
    }

    @Test
    void linesStayWithinAlsoWithOneGroup() {
        Map<String, Map<String, Double>> groups = new LinkedHashMap<>();
        groups.put("1 to 5", Map.of("interest", 0.2, "random", 0.01, "cases", 30.0));
        assertWithin(SvgPlot.lines(groups, List.of("random", "interest")));
        groups.put("over 100", Map.of("interest", 0.1, "random", Double.NaN, "cases", 3.0));
        String svg = SvgPlot.lines(groups, List.of("random", "interest"));
        assertWithin(svg);
        assertEquals(2, svg.split("class=\"line ours\"").length, "ours stand out");
    }

    @Test
    void longNamesHaveRoomAndNamesAreNoMarkup() {
        String name = "centred uniform with 7d at alpha 0.4 and <16> topics";
        String svg = SvgPlot.bars(Map.of(name, new ConfidenceInterval(1, 0, 2)));
        assertTrue(svg.contains("&lt;16&gt;"), svg);
        Matcher end = Pattern.compile("<text x=\"(\\d+)\"").matcher(svg);
        assertTrue(end.find());
        assertTrue(Integer.parseInt(end.group(1)) >= 6 * name.length());
    }
}
