/**
 * Evaluation for people: reads data sets from files and a cluster's trackers from their history, and writes reports for terminals,
 * programs and browsers.
 */
package org.opensearch.interest.evaluate;
