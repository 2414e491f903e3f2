using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Framelane.Client;
using Framelane.Infrastructure.Tests.Mail;

namespace Framelane.Api.Tests.Http.Start;

/// <summary>The program as an operator runs it, with a mail server that wants TLS and a log-in.</summary>
public sealed class SignupByMailTests
{
    readonly DataFolder data = new();

    [TearDown]
    public void Leave() => data.Dispose();

    [Test]
    public async Task The_code_comes_over_STARTTLS_from_a_server_that_the_machine_trusts()
    {
        using var key = RSA.Create(2048);
        using var certificate = SelfSigned(key);
        var authorities = Path.Combine(data.Path, "authorities.pem");
        await File.WriteAllTextAsync(authorities, certificate.ExportCertificatePem());
        await using var server = await SmtpProcess.StartAsync(
            user: "mailer", password: "correct horse", key: key.ExportPkcs8PrivateKeyPem(), cert: certificate.ExportCertificatePem());
        await using var process = ApiProcess.Start(
            new Dictionary<string, string> { ["SSL_CERT_FILE"] = authorities },
            ("Framelane:DataPath", data.Path),
            ("Framelane:Smtp:Host", "localhost"),
            ("Framelane:Smtp:Port", $"{server.Port}"),
            ("Framelane:Smtp:User", "mailer"),
            ("Framelane:Smtp:Password", "correct horse"),
            ("Framelane:Smtp:From", "Framelane <framelane@example.com>"));
        using var http = new HttpClient { BaseAddress = await process.UrlAsync() };
        using var client = new FramelaneClient(http);

        var made = await client.SignUpAsync(new() { WorkspaceName = "Studio", Email = "zoe@example.com" });
        await Eventually.HoldsAsync(() => server.Taken.Count > 0, process.Output);
        var mail = server.Taken.Single();
        await client.VerifySignupAsync(new() { Email = "zoe@example.com", OtpCode = Outbox.CodeIn(mail.Message)! });
        using var tenant = new Tenant(made.ApiKey!, http.BaseAddress);

        Assert.That((mail.To.Single(), mail.User, mail.IsSecure), Is.EqualTo(("zoe@example.com", "mailer", true)));
        Assert.That((await tenant.Client.GetWorkspaceAsync()).Id, Is.EqualTo(made.Workspace.Id));
        Assert.That(process.Output, Does.Not.Contain(Outbox.CodeIn(mail.Message)!).And.Not.Contain("correct horse"));
        Assert.That(Directory.Exists(Path.Combine(data.Path, "outbox")), Is.False);
    }

    static X509Certificate2 SelfSigned(RSA key)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
