using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Framelane.Api.Tests.Http.Sessions;

/// <summary>Tokens with one thing wrong, each under the name of it.</summary>
static class HostileTokens
{
    static readonly RsaSecurityKey Foreign = new(RSA.Create(2048));

    public static IReadOnlyDictionary<string, Func<Forger, string>> All { get; } = new Dictionary<string, Func<Forger, string>>
    {
        // Who may have signed.
        ["alg none"] = forger => Unsigned(forger, "none"),
        ["alg none, signed with nothing"] = forger => Unsigned(forger, "none")[..^1],
        ["alg NoNe"] = forger => Unsigned(forger, "NoNe"),
        ["HS256 with the public key as PEM"] = forger => Symmetric(forger, Encoding.ASCII.GetBytes(Public(forger).ExportSubjectPublicKeyInfoPem())),
        ["HS256 with the public key as DER"] = forger => Symmetric(forger, Public(forger).ExportSubjectPublicKeyInfo()),
        ["HS256 with the modulus"] = forger => Symmetric(forger, Base64UrlEncoder.DecodeBytes(forger.Key.N)),
        ["a foreign key under the provider's name"] = forger => forger.Make(signer: Foreign),
        ["a foreign key in the header"] = forger => forger.Make(header => header["jwk"] = PublicJwk(Foreign, forger.Key.Kid), signer: Foreign),
        ["an algorithm that the key is not for"] = forger => forger.Make(header => header["alg"] = "PS256", algorithm: SecurityAlgorithms.RsaSsaPssSha256),
        ["another algorithm than it says"] = forger => forger.Make(header => header["alg"] = "RS384"),
        ["a payload that was changed"] = forger => Tamper(forger, 1),
        ["a header that was changed"] = forger => Tamper(forger, 0),
        ["a signature that was cut"] = forger => forger.Make()[..^8],
        ["a signature of zeros"] = forger => string.Join('.', [.. forger.Make().Split('.')[..2], Base64UrlEncoder.Encode(new byte[256])]),
        ["encrypted"] = Encrypted,
        ["critical"] = forger => forger.Make(header => (header["crit"], header["exp"]) = (new JsonArray("exp"), Forger.Now + 60)),
        ["an access token"] = forger => forger.Make(header => header["typ"] = "at+jwt"),
        ["a logout token"] = forger => forger.Make(header => header["typ"] = "logout+jwt"),
        ["a type that is no text"] = forger => forger.Make(header => header["typ"] = new JsonArray("JWT")),

        // Whose key it is.
        ["no kid"] = forger => forger.Make(header => header.Remove("kid")),
        ["a kid that nobody has"] = forger => forger.Make(header => header["kid"] = "nobody's"),
        ["a kid that is a path"] = forger => forger.Make(header => header["kid"] = "../../../../../../dev/null"),
        ["a kid that is an address"] = forger => forger.Make(header => header["kid"] = "http://127.0.0.1:1/keys"),
        ["a kid that is a query"] = forger => forger.Make(header => header["kid"] = "x' or '1'='1"),
        ["a kid that is a number"] = forger => forger.Make(header => header["kid"] = 1),
        ["a kid with another case"] = forger => forger.Make(header => header["kid"] = forger.Key.Kid.ToLowerInvariant()),
        ["a kid that is huge"] = forger => forger.Make(header => header["kid"] = new string('k', 4000)),

        // Who it is from, of and for.
        ["another issuer"] = forger => forger.Make(payload: claims => claims["iss"] = "https://evil.example.com"),
        ["the issuer with a slash"] = forger => forger.Make(payload: claims => claims["iss"] = forger.Issuer + "/"),
        ["the issuer in capitals"] = forger => forger.Make(payload: claims => claims["iss"] = forger.Issuer.ToUpperInvariant()),
        ["no issuer"] = forger => forger.Make(payload: claims => claims.Remove("iss")),
        ["two issuers"] = forger => forger.Make(payload: claims => claims["iss"] = new JsonArray(forger.Issuer, "https://evil.example.com")),
        ["another audience"] = forger => forger.Make(payload: claims => claims["aud"] = "another"),
        ["no audience"] = forger => forger.Make(payload: claims => claims.Remove("aud")),
        ["other audiences"] = forger => forger.Make(payload: claims => claims["aud"] = new JsonArray("another", "console")),
        ["another party"] = forger => forger.Make(payload: claims => claims["azp"] = "https://evil.example.com"),
        ["a party with a slash"] = forger => forger.Make(payload: claims => claims["azp"] = OidcProvider.Origin + "/"),
        ["no party"] = forger => forger.Make(payload: claims => claims.Remove("azp")),
        ["several parties"] = forger => forger.Make(payload: claims => claims["azp"] = new JsonArray(OidcProvider.Origin)),
        ["no subject"] = forger => forger.Make(payload: claims => claims.Remove("sub")),
        ["an empty subject"] = forger => forger.Make(payload: claims => claims["sub"] = ""),
        ["a subject with a space"] = forger => forger.Make(payload: claims => claims["sub"] = Forger.Subject + " "),
        ["a subject that is a number"] = forger => forger.Make(payload: claims => claims["sub"] = 1),
        ["a subject that is too long"] = forger => forger.Make(payload: claims => claims["sub"] = new string('s', 256)),
        ["the subject twice"] = forger => forger.Sign(
            forger.Header().ToJsonString(), forger.Payload().ToJsonString().Replace("\"sub\"", "\"sub\":\"mallory\",\"sub\"", StringComparison.Ordinal)),
        ["the algorithm twice"] = forger => forger.Sign(
            forger.Header().ToJsonString().Replace("\"alg\"", "\"alg\":\"RS256\",\"alg\"", StringComparison.Ordinal), forger.Payload().ToJsonString()),

        // When it counts.
        ["expired"] = forger => forger.Make(payload: claims => claims["exp"] = Forger.Now - 30),
        ["not yet valid"] = forger => forger.Make(payload: claims => claims["nbf"] = Forger.Now + 30),
        ["no end"] = forger => forger.Make(payload: claims => claims.Remove("exp")),
        ["an end that is no number"] = forger => forger.Make(payload: claims => claims["exp"] = $"{Forger.Now + 60}"),
        ["an end that is null"] = forger => forger.Make(payload: claims => claims["exp"] = null),
        ["an end beyond numbers"] = forger => forger.Sign(
            forger.Header().ToJsonString(), forger.Payload().ToJsonString().Replace("\"exp\":", "\"exp\":1e400,\"was\":", StringComparison.Ordinal)),
        ["a beginning that is no number"] = forger => forger.Make(payload: claims => claims["nbf"] = "now"),

        // What is no claims at all.
        ["a list"] = forger => forger.Sign(forger.Header().ToJsonString(), "[]"),
        ["a text"] = forger => forger.Sign(forger.Header().ToJsonString(), "\"mallory\""),
        ["nothing"] = forger => forger.Sign(forger.Header().ToJsonString(), "null"),
        ["no JSON"] = forger => forger.Sign(forger.Header().ToJsonString(), "mallory"),
        ["no Unicode"] = forger => forger.Sign(Encoding.ASCII.GetBytes(forger.Header().ToJsonString()), [.. "{\"sub\":\"\xff\"}"u8]),
        ["half a character"] = forger => forger.Sign(
            forger.Header().ToJsonString(), forger.Payload().ToJsonString().Replace("\"mallory\"", "\"\\ud800\"", StringComparison.Ordinal)),
        ["too deep"] = forger => forger.Sign(forger.Header().ToJsonString(), $"{{\"x\":{new string('[', 500)}{new string(']', 500)}}}"),
    };

    static string Unsigned(Forger forger, string algorithm)
    {
        var header = forger.Header();
        header["alg"] = algorithm;
        return $"{Base64UrlEncoder.Encode(header.ToJsonString())}.{Base64UrlEncoder.Encode(forger.Payload().ToJsonString())}.A";
    }

    static string Symmetric(Forger forger, byte[] secret) =>
        forger.Make(header => header["alg"] = "HS256", signer: new SymmetricSecurityKey(secret), algorithm: SecurityAlgorithms.HmacSha256);

    static string Tamper(Forger forger, int part)
    {
        var parts = forger.Make().Split('.');
        var changed = JsonNode.Parse(Base64UrlEncoder.Decode(parts[part]))!.AsObject();
        changed["more"] = true;
        parts[part] = Base64UrlEncoder.Encode(changed.ToJsonString());
        return string.Join('.', parts);
    }

    static string Encrypted(Forger forger) => new JsonWebTokenHandler().EncryptToken(
        forger.Make(),
        new EncryptingCredentials(new RsaSecurityKey(Public(forger).ExportParameters(false)), SecurityAlgorithms.RsaOAEP, SecurityAlgorithms.Aes256CbcHmacSha512));

    static RSA Public(Forger forger) => RSA.Create(new RSAParameters
    {
        Modulus = Base64UrlEncoder.DecodeBytes(forger.Key.N),
        Exponent = Base64UrlEncoder.DecodeBytes(forger.Key.E),
    });

    static JsonObject PublicJwk(RsaSecurityKey key, string id)
    {
        var parameters = key.Rsa.ExportParameters(false);
        return new() { ["kty"] = "RSA", ["kid"] = id, ["n"] = Base64UrlEncoder.Encode(parameters.Modulus), ["e"] = Base64UrlEncoder.Encode(parameters.Exponent) };
    }

    /// <summary>Signed with a key of the forger's own, which its header says is to be had there.</summary>
    public static string PointingTo(Forger forger, string header, Uri place) => forger.Make(
        head => (head[header], head["kid"]) = (place.AbsoluteUri, "mine"), signer: Foreign);
}
