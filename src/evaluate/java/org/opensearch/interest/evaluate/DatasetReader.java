package org.opensearch.interest.evaluate;

import org.opensearch.interest.core.evaluation.data.Dataset;

import java.util.List;
import java.util.Map;

/**
 * A data set as read from files.
 *
 * @param data       items and events
 * @param candidates by user, the items to rank, ascending; null where all items are
 * @param notes      what the reader of a report should know about the data
 */
record DatasetReader(Dataset data, Map<Integer, int[]> candidates, List<String> notes) {}
