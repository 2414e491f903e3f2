namespace Framelane.Client;

static class SigningSecret
{
    const string Prefix = "whsec_";

    /// <summary>The secret without its prefix. A setting that was left empty must not become a key: anybody could sign by that.</summary>
    /// <exception cref="ArgumentException">There is nothing else in it, or only white space.</exception>
    public static string Bare(string secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        var trimmed = secret.Trim();
        var bare = trimmed.StartsWith(Prefix, StringComparison.Ordinal) ? trimmed[Prefix.Length..] : trimmed;
        return string.IsNullOrWhiteSpace(bare) ? throw new ArgumentException("There is nothing in the secret but its prefix.", nameof(secret)) : bare;
    }
}
