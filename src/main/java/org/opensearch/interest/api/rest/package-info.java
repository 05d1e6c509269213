/** What the REST handlers of all functions share. */
package org.opensearch.interest.api.rest;
