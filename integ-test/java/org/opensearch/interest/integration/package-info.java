/**
 * Tests of the built zip in the real distribution from outside: over HTTP, and through the files and the network of the
 * machine.
 */
package org.opensearch.interest.integration;
