package io.bursar.vault;

import java.util.Optional;

/**
 * The keys under which data keys are wrapped. A version stands for one key forever; the largest is the newest. For any
 * thread.
 */
public interface MasterKeys {
    /**
     * The one to seal with from now on.
     *
     * @throws MasterKeyException when the keys cannot be had
     */
    MasterKey newest();

    /**
     * The one of a version, to open what was sealed with it; empty when there is none.
     *
     * @throws MasterKeyException when the keys cannot be had
     */
    Optional<MasterKey> ofVersion(int version);
}
