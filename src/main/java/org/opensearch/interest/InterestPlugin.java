package org.opensearch.interest;

import org.opensearch.plugins.Plugin;

/** The table of contents: what the plugin adds to a node. */
public class InterestPlugin extends Plugin {}
