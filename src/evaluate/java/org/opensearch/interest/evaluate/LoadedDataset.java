package org.opensearch.interest.evaluate;

import org.opensearch.interest.core.evaluation.data.Dataset;

import java.util.List;
import java.util.Map;

/**
 * Data set as read from files.
 *
 * @param data       items and events
 * @param candidates by user, the items to rank, ascending; null if all items are ranked
 * @param notes      facts that the reader of a report should know about the data
 */
record LoadedDataset(Dataset data, Map<Integer, int[]> candidates, List<String> notes) {}
