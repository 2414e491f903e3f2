namespace Framelane.Client;

static class SigningSecret
{
    const string Prefix = "whsec_";

    /// <summary>
    /// The secret without space around it, such as the line break of a file. A setting that was left empty must not become a key: anybody could
    /// sign by that.
    /// </summary>
    /// <exception cref="ArgumentException">There is nothing in it but its prefix and white space.</exception>
    public static string Whole(string secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        var whole = secret.Trim();
        return whole == Prefix ? throw new ArgumentException("There is nothing in the secret but its prefix.", nameof(secret)) : whole;
    }

    /// <summary>The same without its prefix.</summary>
    /// <inheritdoc cref="Whole"/>
    public static string Bare(string secret)
    {
        var whole = Whole(secret);
        return whole.StartsWith(Prefix, StringComparison.Ordinal) ? whole[Prefix.Length..] : whole;
    }
}
