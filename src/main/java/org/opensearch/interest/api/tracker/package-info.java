/**
 * Creating, reading, changing and deleting trackers. Knows how requests look; what a tracker is, it does not decide.
 */
package org.opensearch.interest.api.tracker;
