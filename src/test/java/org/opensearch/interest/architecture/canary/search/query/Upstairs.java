package org.opensearch.interest.architecture.canary.search.query;

/** What the ground floor may not know. */
public class Upstairs {}
