using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Framelane.Infrastructure.Tests.Outbound;

/// <summary>Receivers' certificates, which nobody trusts but who is told to.</summary>
internal static class TestCertificate
{
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    public static void Trust(SocketsHttpHandler handler, X509Certificate2 certificate) =>
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, errors) =>
            presented?.GetCertHashString() == certificate.GetCertHashString()
            && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);

    /// <summary>Has the handler trust what that authority issued, and nothing else; all that it checks of a certificate it still checks.</summary>
    public static void TrustIssuer(SocketsHttpHandler handler, X509Certificate2 authority)
    {
        var policy = handler.SslOptions.CertificateChainPolicy ??= new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.Add(authority);
    }

    public static X509Certificate2 SelfSigned(string name) => Create(name, issuer: null, issuerAt: null);

    /// <param name="issuer">Null for one that stands for itself.</param>
    /// <param name="issuerAt">Where its issuer's certificate, and whether it was revoked, can be asked for.</param>
    public static X509Certificate2 Authority(string name, X509Certificate2? issuer = null, string? issuerAt = null) =>
        Create(name, issuer, issuerAt, new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));

    /// <param name="purpose">What it is good for; a server's authentication unless said otherwise.</param>
    /// <param name="issuerAt">Where its issuer's certificate, and whether it was revoked, can be asked for.</param>
    public static X509Certificate2 Issued(string name, X509Certificate2 issuer, string purpose = ServerAuthentication, string? issuerAt = null) =>
        Create(name, issuer, issuerAt, new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));

    static X509Certificate2 Create(string name, X509Certificate2? issuer, string? issuerAt, params ReadOnlySpan<X509Extension> extensions)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        if (issuerAt is not null)
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([issuerAt], [issuerAt]));
        foreach (var extension in extensions)
            request.CertificateExtensions.Add(extension);

        var (from, until) = (DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        using var bare = issuer is null ? request.CreateSelfSigned(from, until) : request.Create(issuer, from, until, RandomNumberGenerator.GetBytes(16));
        using var certificate = bare.HasPrivateKey ? null : bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12((certificate ?? bare).Export(X509ContentType.Pfx), null);
    }
}
