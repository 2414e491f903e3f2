using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Buffers;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Framelane.Infrastructure.Tests.Mail;

/// <summary>An SMTP server on loopback.</summary>
sealed class MailServer : MessageStore, IAsyncDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly Task running;

    /// <param name="user">Who has to log in; nobody where it is null.</param>
    /// <param name="certificate">Offers STARTTLS with it, or TLS from the first byte.</param>
    public MailServer(string? user = null, string? password = null, X509Certificate2? certificate = null)
    {
        var services = new ServiceProvider();
        services.Add((IMessageStore)this);
        services.Add(new DelegatingUserAuthenticator((name, word) =>
        {
            Logins.Add($"{name}:{word}");
            return name == user && word == password;
        }));
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(endpoint =>
            {
                endpoint.Endpoint(new(IPAddress.Loopback, Port)).AllowUnsecureAuthentication(certificate is null).AuthenticationRequired(user is not null);
                if (certificate is not null)
                    endpoint.Certificate(certificate);
            })
            .Build();
        running = new SmtpServer.SmtpServer(options, services).StartAsync(stop.Token);
    }

    public int Port { get; } = LoopbackPort.Free();

    /// <summary>The mails that it took, as they came.</summary>
    public List<string> Taken { get; } = [];

    public List<string> Logins { get; } = [];

    public SmtpResponse Answer { get; set; } = SmtpResponse.Ok;

    public override Task<SmtpResponse> SaveAsync(
        ISessionContext context,
        IMessageTransaction transaction,
        ReadOnlySequence<byte> buffer,
        CancellationToken cancellationToken)
    {
        if (Answer == SmtpResponse.Ok)
            Taken.Add(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
        return Task.FromResult(Answer);
    }

    /// <summary>A certificate that nobody vouches for.</summary>
    public static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
        }

        stop.Dispose();
    }
}
