package io.bursar.service.security;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A network such as {@code 10.1.0.0/16} or {@code 2001:db8::/32}, or a single address. Of IPv4 or of IPv6, never of both. */
public final class AddressRange {
    /** What is allowed, for messages. */
    public static final String RULE = "an IP address or network, such as 10.1.0.0/16 or 2001:db8::/32";

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    /** Literals only: a name would be looked up. */
    private static final Pattern ADDRESS =
            Pattern.compile("%1$s(\\.%1$s){3}|(?=[^:]*:)[0-9A-Fa-f:.]{2,45}".formatted(BYTE));

    private static final Pattern RANGE = Pattern.compile("(?<address>[^/]+)(/(?<bits>[0-9]{1,3}))?");

    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /** The range of a text as {@link #RULE} says; empty for any other text. */
    public static Optional<AddressRange> parse(String text) {
        var range = RANGE.matcher(text);
        if (!range.matches()) {
            return Optional.empty();
        }
        return bytesOf(range.group("address")).flatMap(address -> {
            int all = address.length * Byte.SIZE;
            int bits = range.group("bits") == null ? all : Integer.parseInt(range.group("bits"));
            return bits <= all ? Optional.of(new AddressRange(address, bits)) : Optional.empty();
        });
    }

    /** Whether a text is as {@link #RULE} says. */
    public static boolean isValid(String text) {
        return parse(text).isPresent();
    }

    /** Whether an address, as the server names that of a client, lies in the range. */
    public boolean contains(String address) {
        return bytesOf(address)
                .filter(bytes -> bytes.length == network.length && prefix(bytes).equals(prefix(network)))
                .isPresent();
    }

    private BigInteger prefix(byte[] address) {
        return new BigInteger(1, address).shiftRight(address.length * Byte.SIZE - bits);
    }

    /** An IPv4 address that is written as one of IPv6 is one of IPv4. */
    private static Optional<byte[]> bytesOf(String address) {
        var bare = withoutZone(address);
        if (!ADDRESS.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(bare).getAddress());
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    /** Servers name IPv6 clients in brackets, and those of the same link with the interface. */
    private static String withoutZone(String address) {
        var bare =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        int zone = bare.indexOf('%');
        return zone < 0 ? bare : bare.substring(0, zone);
    }
}
