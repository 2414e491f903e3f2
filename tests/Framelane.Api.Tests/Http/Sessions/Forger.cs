using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Framelane.Api.Tests.Http.Sessions;

/// <summary>Makes tokens as the provider would not, with the provider's own key or another: sound but for what a test does to them.</summary>
sealed class Forger(JsonWebKey key, string issuer)
{
    public const string Subject = "mallory";

    public JsonWebKey Key => key;

    public string Issuer => issuer;

    public static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public JsonObject Header() => new() { ["alg"] = SecurityAlgorithms.RsaSha256, ["typ"] = "JWT", ["kid"] = key.Kid };

    public JsonObject Payload() => new()
    {
        ["iss"] = issuer,
        ["sub"] = Subject,
        ["aud"] = OidcProvider.Client(),
        ["azp"] = OidcProvider.Origin,
        ["iat"] = Now,
        ["nbf"] = Now,
        ["exp"] = Now + 60,
    };

    public string Make(Action<JsonObject>? header = null, Action<JsonObject>? payload = null, SecurityKey? signer = null, string algorithm = SecurityAlgorithms.RsaSha256)
    {
        var (head, claims) = (Header(), Payload());
        header?.Invoke(head);
        payload?.Invoke(claims);
        return Sign(head.ToJsonString(), claims.ToJsonString(), signer, algorithm);
    }

    public string Sign(string header, string payload, SecurityKey? signer = null, string algorithm = SecurityAlgorithms.RsaSha256) =>
        Sign(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(payload), signer, algorithm);

    public string Sign(byte[] header, byte[] payload, SecurityKey? signer = null, string algorithm = SecurityAlgorithms.RsaSha256)
    {
        var signed = $"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(payload)}";
        var provider = CryptoProviderFactory.Default.CreateForSigning(signer ?? key, algorithm);
        return $"{signed}.{Base64UrlEncoder.Encode(provider.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }
}
