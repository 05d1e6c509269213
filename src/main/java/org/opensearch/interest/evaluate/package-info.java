/** Evaluating from a command line and in a cluster: reads folders of files or a tracker's events, runs an evaluation, writes and keeps reports. */
package org.opensearch.interest.evaluate;
