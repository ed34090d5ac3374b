package de.smartcity.consortium.benchmarks;

/** The benchmark cannot run or its results mean nothing; the message says what to do. */
final class BenchmarkFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BenchmarkFailure(String message) {
        super(message);
    }

    BenchmarkFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
