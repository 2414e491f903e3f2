using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Framelane.Infrastructure.Tests.Outbound;

/// <summary>Receivers' certificates, which nobody trusts but who is told to.</summary>
internal static class TestCertificate
{
    public static void Trust(SocketsHttpHandler handler, X509Certificate2 certificate) =>
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, errors) =>
            presented?.GetCertHashString() == certificate.GetCertHashString()
            && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);

    public static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
