/** Classes that the REST handlers of all features share. */
package org.opensearch.interest.api.rest;
