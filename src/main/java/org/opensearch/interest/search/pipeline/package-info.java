/**
 * What runs inside search pipelines: a search becomes personal, its text an event, its hits diverse. Whatever goes
 * wrong here leaves the plain search and is counted. Knows the floors below; nothing of REST and of the actions above.
 */
package org.opensearch.interest.search.pipeline;
