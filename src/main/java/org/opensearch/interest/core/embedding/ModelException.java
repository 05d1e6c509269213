package org.opensearch.interest.core.embedding;

/** Why a model did not answer; the message is meant for the person who asked. */
public class ModelException extends RuntimeException {
    /** Kind of failure, which decides the status of the answer. */
    public enum Kind {
        /** no model of that name: 404 */
        UNKNOWN,
        /** the model's folder or files are wrong: 400, with the reason */
        BROKEN,
        /** the model failed at work, and not because of a text: 503, and it is switched off */
        FATAL,
        /** too much is waiting already, or the deadline passed: 429, nothing was done */
        OVERLOADED,
        /** the node is starting up or shutting down: 503 */
        UNAVAILABLE
    }

    private final Kind kind;

    public ModelException(Kind kind, String message) {
        this(kind, message, null);
    }

    public ModelException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
