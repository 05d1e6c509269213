package org.opensearch.interest.architecture.canary.query;

/** What the ground floor may not know. */
public class Upstairs {}
