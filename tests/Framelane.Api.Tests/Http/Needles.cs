using System.Text;

namespace Framelane.Api.Tests.Http;

/// <summary>A secret in all the clothes in which it could get out: as text, escaped, in base64 and in hex, whole or without its prefix.</summary>
sealed class Needles
{
    readonly IReadOnlyList<byte[]> forms;

    Needles(string secret)
    {
        var signs = secret.StartsWith("whsec_", StringComparison.Ordinal);
        var tail = secret[(signs ? "whsec_" : "fl_live_").Length..].TrimEnd('=');
        byte[][] cores = signs ? [Encoding.UTF8.GetBytes(tail), Convert.FromBase64String(tail + "=")] : [Encoding.UTF8.GetBytes(tail)];
        forms =
        [
            .. cores.SelectMany(Clothes),
            Encoding.UTF8.GetBytes(tail.Replace("+", "\\u002B", StringComparison.Ordinal)),
            Encoding.UTF8.GetBytes(tail.Replace("/", "\\/", StringComparison.Ordinal)),
            Encoding.UTF8.GetBytes(Uri.EscapeDataString(tail)),
            Encoding.UTF8.GetBytes(tail.Replace('+', '-').Replace('/', '_')),
            Encoding.Unicode.GetBytes(tail),
        ];
    }

    public static Needles Of(string secret) => new(secret);

    public bool AreIn(ReadOnlySpan<byte> hay)
    {
        foreach (var form in forms)
        {
            if (hay.IndexOf(form) >= 0)
                return true;
        }

        return false;
    }

    public bool AreIn(string hay) => AreIn(Encoding.UTF8.GetBytes(hay));

    static IEnumerable<byte[]> Clothes(byte[] core)
    {
        yield return core;
        yield return Encoding.ASCII.GetBytes(Convert.ToHexString(core));
        yield return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(core));

        // What stands before it shifts base64 by one or two bytes: the characters at the edges are left out.
        for (var shift = 0; shift < 3; shift++)
        {
            var encoded = Convert.ToBase64String([.. new byte[shift], .. core]).TrimEnd('=');
            var inner = encoded[(shift == 0 ? 0 : shift + 1)..^1];
            yield return Encoding.ASCII.GetBytes(inner);
            yield return Encoding.ASCII.GetBytes(inner.Replace('+', '-').Replace('/', '_'));
        }
    }
}
