/**
 * REST form, transport actions and answers of `_evaluate` and `_evaluations`. Reads trackers, histories and item
 * vectors; computes through `core.evaluation`.
 */
package org.opensearch.interest.api.evaluation;
