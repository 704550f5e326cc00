package io.bursar.cli.demo.flow;

import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import java.util.Iterator;
import java.util.List;

/**
 * Something to replay through a running Bursar. The four parts are asked for once, in this order, and each only after
 * all of the one before is decided. Used by one thread.
 */
public interface OrderFlow {
    /** What is held. */
    List<Asset> assets();

    /** What is traded. */
    List<Instrument> instruments();

    /** The account that is sure to be opened and never funded. */
    String pennilessAccount();

    /** Opens the accounts. */
    Iterator<Message> openings();

    /** Gives the accounts what they need for all that follows. */
    Iterator<Message> fundings();

    /** Gives strategies of the accounts their part of it. */
    Iterator<Message> allocations();

    /** Orders and what becomes of them, made as they are asked for. */
    Iterator<Message> trading();

    /** Remarks on what of the source was left out, one sentence each; asked for at the end. */
    List<String> remarks();
}
