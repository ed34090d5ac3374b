package de.smartcity.consortium.endtoend;

import com.mongodb.client.MongoDatabase;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Makes changes, each with a key of its own, and repeats what was not answered. */
interface RepeatingClient {

    void change(Api api, BooleanSupplier goOn);

    /** Whether a change was not answered. */
    boolean isPending();

    /** Whether a change that was not answered was made. */
    boolean isMadeAndNotAnswered(MongoDatabase stored);

    void assertOneEffectForEachKey(MongoDatabase stored);

    List<String> unexpected();
}
