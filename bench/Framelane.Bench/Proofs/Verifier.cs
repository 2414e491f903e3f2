using System.Security.Cryptography;
using System.Text;

namespace Framelane.Bench.Proofs;

/// <summary>Tells which of the known secrets signed a receipt; written against the contract, with nothing of the signer's.</summary>
sealed class Verifier
{
    readonly List<(byte[] Text, byte[] Raw)> secrets = [];

    public int Count => secrets.Count;

    /// <returns>The secret's number.</returns>
    public int Add(string secret)
    {
        secrets.Add((Encoding.UTF8.GetBytes(secret), Convert.FromBase64String(secret["whsec_".Length..])));
        return secrets.Count - 1;
    }

    /// <summary>The numbers of the secrets that signed it, in the order of the header. Where something does not verify: none.</summary>
    /// <param name="near">A number to begin the search at.</param>
    public int[] SignersOf(Receipt receipt, int near)
    {
        string[] parts = receipt.Framelane.Split(',');
        if (parts[0] != $"t={receipt.Timestamp}")
            return [];
        int[] framelane = [.. parts.Skip(1).Select(part => Find(near, secret => part == $"v1={Hex(secret.Text, $"{receipt.Timestamp}.", receipt.Body)}"))];
        int[] standard =
        [
            .. receipt.Standard.Split(' ').Select(part =>
                Find(near, secret => part == $"v1,{Base64(secret.Raw, $"{receipt.EventId}.{receipt.Timestamp}.", receipt.Body)}")),
        ];
        return framelane.Contains(-1) || !framelane.SequenceEqual(standard) ? [] : framelane;
    }

    /// <summary>Outwards from where it is likely.</summary>
    int Find(int near, Func<(byte[] Text, byte[] Raw), bool> matches)
    {
        for (var distance = 0; distance < secrets.Count; distance++)
        {
            if (near - distance is >= 0 and var below && below < secrets.Count && matches(secrets[below]))
                return below;
            if (distance > 0 && near + distance < secrets.Count && matches(secrets[near + distance]))
                return near + distance;
        }

        return -1;
    }

    static string Hex(byte[] key, string head, byte[] body) => Convert.ToHexStringLower(Mac(key, head, body));

    static string Base64(byte[] key, string head, byte[] body) => Convert.ToBase64String(Mac(key, head, body));

    static byte[] Mac(byte[] key, string head, byte[] body)
    {
        byte[] message = [.. Encoding.UTF8.GetBytes(head), .. body];
        return HMACSHA256.HashData(key, message);
    }
}
