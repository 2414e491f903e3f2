using System.Security.Cryptography;
using System.Text;
using Framelane.Domain.Workspaces;

namespace Framelane.Infrastructure.Tests.Signing;

/// <summary>The secrets of the contract's known answers, and a receiver's own idea of a signature.</summary>
static class KnownSecrets
{
    public const string First = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    public const string Second = "whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

    public static SigningSecret Parse(string text) => SigningSecret.FromRevealed(text);

    /// <summary>As contract/webhooks.md, "Signature", tells a receiver to compute <c>v1</c>.</summary>
    public static string V1(string secret, string t, byte[] body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes($"{t}."), .. body]));

    /// <summary>As the Standard Webhooks specification tells a receiver to.</summary>
    public static string Standard(string secret, string id, string t, byte[] body) => "v1," + Convert.ToBase64String(
        HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{t}."), .. body]));
}
