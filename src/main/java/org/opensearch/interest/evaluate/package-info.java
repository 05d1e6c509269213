/** Evaluation for people: reads data sets from files, embeds their texts, and writes reports for terminals, programs and browsers. */
package org.opensearch.interest.evaluate;
