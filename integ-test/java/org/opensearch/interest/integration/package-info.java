/**
 * The built zip in the real distribution, seen from outside: over HTTP, and through the files and the network of the
 * machine.
 */
package org.opensearch.interest.integration;
