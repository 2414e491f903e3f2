using Framelane.Infrastructure.Mail;
using Framelane.Infrastructure.Tests.Persistence;
using Framelane.Infrastructure.Tests.Signups;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Mail;

/// <summary>The mails of sign-ups by way of a mail server that is not ours.</summary>
public sealed class SmtpServerTests : SignupStorageTests<SqliteDatabase>
{
    const string User = "mailer";
    const string Password = "correct horse";

    readonly List<IAsyncDisposable> running = [];

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var one in running)
            await one.DisposeAsync();
    }

    [Test]
    public async Task A_code_gets_there_and_verifies()
    {
        var server = await ServerAsync();
        var host = HostWith(server);
        await SignUpAsync("Zoe@example.com", "Zoë — 東京", host);
        Assert.That(await SendAsync(host), Is.EqualTo(1));

        var mail = server.Taken.Single();
        Assert.Multiple(() =>
        {
            Assert.That((mail.To.Single(), mail.User, mail.IsSecure), Is.EqualTo(("Zoe@example.com", (string?)null, false)));
            Assert.That(mail.Message.From.ToString(), Is.EqualTo("\"Framelane\" <framelane@example.com>"));
            Assert.That(mail.Message.TextBody, Does.Contain("\"Zoë — 東京\""));
            Assert.That(host.Log.Lines, Has.None.Contains(CodeIn(mail.Message)!));
        });
        Assert.That((await VerifyAsync(CodeIn(mail.Message)!, host: host)).IsSuccess);
    }

    [Test]
    public async Task It_logs_in_where_the_server_wants_it()
    {
        var server = await ServerAsync(user: User, password: Password);
        var host = HostWith(server, ("User", User), ("Password", Password));
        await SignUpAsync(host: host);

        Assert.That(await SendAsync(host), Is.EqualTo(1));
        Assert.That(server.Taken.Single().User, Is.EqualTo(User));
    }

    [Test]
    public async Task A_wrong_password_loses_no_mail_and_is_not_told()
    {
        var server = await ServerAsync(user: User, password: Password);
        var host = HostWith(server, ("User", User), ("Password", "wrong horse"));
        await SignUpAsync(host: host);
        Assert.That((await SendAsync(host), server.Taken.Count), Is.EqualTo((0, 0)));
        Assert.That(host.Log.Lines, Has.Some.Contains("could not be sent").And.None.Contains("wrong horse"));

        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await SendAsync(HostWith(server, ("User", User), ("Password", Password))), Is.EqualTo(1));
        Assert.That((await VerifyAsync(CodeIn(server.Taken.Single().Message)!)).IsSuccess);
    }

    [Test]
    public async Task A_recipient_that_is_refused_holds_back_no_other()
    {
        var server = await ServerAsync(refuse: Zoe);
        var host = HostWith(server);
        await SignUpAsync(host: host);
        await SignUpAsync("yan@example.com", host: host);

        Assert.That(await SendAsync(host), Is.EqualTo(1));
        Assert.That(server.Taken.Single().To, Is.EqualTo(new[] { "yan@example.com" }));
        Assert.That(await WaitingAsync(), Is.Zero, "it is not tried again");
        Assert.That(host.Log.Lines, Has.Some.Contains("refused").And.None.Contains(Zoe));
    }

    [Test]
    public async Task A_server_that_is_down_and_comes_back_gets_each_mail_once()
    {
        var server = await ServerAsync();
        var (port, host) = (server.Port, HostWith(server));
        await SignUpAsync(host: host);
        await SendAsync(host);
        await server.DisposeAsync();

        for (var i = 0; i < 3; i++)
            await SignUpAsync($"{i}@example.com", host: host);
        Assert.That((await SendAsync(host), await WaitingAsync()), Is.EqualTo((0, 3)));
        var back = await ServerAsync(port);
        Time.Advance(TimeSpan.FromMinutes(1));

        Assert.That(await SendAsync(host), Is.EqualTo(3));
        Assert.That(await SendAsync(host), Is.Zero);
        Assert.That(back.Taken.SelectMany(mail => mail.To), Is.EquivalentTo(new[] { "0@example.com", "1@example.com", "2@example.com" }));
        Assert.That(await WaitingAsync(), Is.Zero);
    }

    [TestCase("Studio\r\nBcc: eve@example.com\r\n\r\nClick here")]
    [TestCase("Studio\nSubject: You have won")]
    [TestCase("Studio\u2028Bcc: eve@example.com\u202e")]
    public async Task A_workspaces_name_writes_nothing_but_its_own_line(string name)
    {
        var server = await ServerAsync();
        var host = HostWith(server);
        await SignUpAsync(name: name, host: host);
        await SendAsync(host);

        var mail = server.Taken.Single();
        Assert.Multiple(() =>
        {
            Assert.That(mail.To, Is.EqualTo(new[] { Zoe }));
            Assert.That(mail.Message.Headers.Select(header => header.Field), Is.SubsetOf(new[] { "From", "Date", "Subject", "Message-Id", "To", "MIME-Version", "Content-Type", "Content-Transfer-Encoding" }));
            Assert.That(mail.Message.Subject, Is.EqualTo("Your code for Framelane"));
            Assert.That(mail.Message.TextBody!.ReplaceLineEndings("\n").Split('\n').Single(line => line.Contains("Studio", StringComparison.Ordinal)),
                Does.Match("^It verifies this address for the new workspace \"Studio [^\"]+\" at Framelane\\.$").And.Not.Contain('\u202e'));
        });
    }

    [Test]
    public async Task A_name_is_repeated_as_far_as_it_takes_to_know_it()
    {
        await SignUpAsync(name: string.Concat(Enumerable.Repeat("🎬", 100)));
        var text = (await MailsAsync()).Single().TextBody!;

        Assert.That(text, Does.Contain($"\"{string.Concat(Enumerable.Repeat("🎬", 40))}…\""));
    }

    [Test]
    public async Task What_goes_to_nobody_gets_to_no_server()
    {
        var server = await ServerAsync();
        var host = HostWith(server);
        await ResendAsync(host: host);
        Assert.That(await WaitingAsync(), Is.EqualTo(1));

        Assert.That((await host.Get<MailSender>().SendDueAsync(CancellationToken.None).InTimeAsync()).Done, Is.EqualTo(1), "it is dropped");
        Assert.That((server.Taken.Count, await WaitingAsync()), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task With_UseTls_a_server_that_nobody_vouches_for_gets_nothing()
    {
        using var certificate = MailServer.SelfSigned();
        using var key = System.Security.Cryptography.X509Certificates.RSACertificateExtensions.GetRSAPrivateKey(certificate);
        var server = await ServerAsync(user: User, password: Password, key: key!.ExportPkcs8PrivateKeyPem(), cert: certificate.ExportCertificatePem());
        var host = HostWith(server, ("UseTls", "true"), ("User", User), ("Password", Password));
        await SignUpAsync(host: host);

        Assert.That(await SendAsync(host), Is.Zero);
        Assert.That(server.Taken, Is.Empty);
        Assert.That(host.Log.Lines, Has.Some.Contains("SslHandshakeException"));
        Assert.That(await WaitingAsync(), Is.EqualTo(1));
    }

    async Task<int> SendAsync(TestHost host)
    {
        var before = running.OfType<SmtpProcess>().Sum(server => server.Taken.Count);
        var sent = (await host.Get<MailSender>().SendDueAsync(CancellationToken.None).InTimeAsync()).Done;

        // What a server says of it comes by a way of its own.
        await Eventually.HoldsAsync(() => running.OfType<SmtpProcess>().Sum(server => server.Taken.Count) >= before + sent);
        return sent;
    }

    Task<int> WaitingAsync() => Host.ReadAsync(db => db.Mails.CountAsync());

    async Task<SmtpProcess> ServerAsync(int port = 0, string? user = null, string? password = null, string? refuse = null, string? key = null, string? cert = null)
    {
        var server = await SmtpProcess.StartAsync(port, user, password, refuse, key, cert);
        running.Add(server);
        return server;
    }

    TestHost HostWith(SmtpProcess server, params (string Key, string Value)[] settings)
    {
        (string Key, string? Value)[] all =
        [
            ("Framelane:Smtp:Host", "localhost"), ("Framelane:Smtp:Port", $"{server.Port}"), ("Framelane:Smtp:From", "Framelane <framelane@example.com>"),
            ("Framelane:Smtp:UseTls", "false"), .. settings.Select(setting => ($"Framelane:Smtp:{setting.Key}", (string?)setting.Value)),
        ];
        var host = new TestHost(Database, Time, null, [.. all.GroupBy(setting => setting.Key, (_, given) => given.Last())]);
        running.Add(host);
        return host;
    }
}
