/**
 * What users made of what they were shown, from the history: rates by variant and position, and what an experiment came
 * to. For administrators.
 */
package org.opensearch.interest.api.feedback;
