using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Mail;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Framelane.Infrastructure.Tests.Mail;

public sealed class SmtpTransportTests
{
    const string User = "mailer";
    const string Password = "correct horse";

    [Test]
    public async Task A_mail_is_handed_to_the_server()
    {
        await using var server = new MailServer();
        await SendAsync(server, new() { UseTls = false });
        Assert.That(server.Taken, Has.Count.EqualTo(1));
        var mail = await MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(server.Taken[0])));
        Assert.Multiple(() =>
        {
            Assert.That(mail.From.ToString(), Is.EqualTo("\"Framelane\" <framelane@example.com>"));
            Assert.That(mail.To.ToString(), Is.EqualTo("zoe@example.com"));
            Assert.That(mail.Subject, Is.EqualTo("Zoë — 東京"));
            Assert.That(mail.TextBody?.Trim(), Is.EqualTo("Grüße 🎬"));
            Assert.That(mail.MessageId, Is.EqualTo("mail_1@framelane"));
        });
        Assert.That(server.Logins, Is.Empty);
    }

    [Test]
    public async Task It_logs_in_where_a_user_is_given()
    {
        await using var server = new MailServer(User, Password);
        await SendAsync(server, new() { UseTls = false, User = User, Password = Password });
        Assert.That(server.Taken, Has.Count.EqualTo(1));
        Assert.That(server.Logins, Is.EqualTo(new[] { $"{User}:{Password}" }));
    }

    [Test]
    public async Task A_wrong_password_fails_without_being_told()
    {
        await using var server = new MailServer(User, Password);
        var failure = (await Assert.ThrowsAsync<AuthenticationException>(() => SendAsync(server, new() { UseTls = false, User = User, Password = "wrong horse" })))!;
        Assert.That(failure.ToString(), Does.Not.Contain("wrong horse"));
        Assert.That(server.Taken, Is.Empty);
    }

    [Test]
    public async Task A_server_that_wants_a_log_in_takes_nothing_without()
    {
        await using var server = new MailServer(User, Password);
        Assert.That(() => SendAsync(server, new() { UseTls = false }), Throws.InstanceOf<MailKit.ServiceNotAuthenticatedException>());
        Assert.That(server.Taken, Is.Empty);
    }

    [Test]
    public async Task With_UseTls_a_server_without_gets_neither_password_nor_mail()
    {
        await using var server = new MailServer(User, Password);
        Assert.That(() => SendAsync(server, new() { User = User, Password = Password }), Throws.InstanceOf<NotSupportedException>());
        Assert.That(server.Logins, Is.Empty);
        Assert.That(server.Taken, Is.Empty);
    }

    [Test]
    public async Task With_UseTls_a_server_that_nobody_vouches_for_gets_neither_password_nor_mail()
    {
        using var certificate = MailServer.SelfSigned();
        await using var server = new MailServer(User, Password, certificate);
        Assert.That(() => SendAsync(server, new() { User = User, Password = Password }), Throws.InstanceOf<SslHandshakeException>());
        Assert.That(server.Logins, Is.Empty);
        Assert.That(server.Taken, Is.Empty);
    }

    [Test]
    public async Task A_mail_that_the_server_refuses_is_refused_and_may_be_tried_again()
    {
        await using var server = new MailServer { Answer = SmtpServer.Protocol.SmtpResponse.MailboxUnavailable };
        var refused = (await Assert.ThrowsAsync<MailRefusedException>(() => SendAsync(server, new() { UseTls = false })))!;
        Assert.That(refused.IsForGood, Is.False);
    }

    [TestCase(550, "5.1.1 <zoe@example.com>: Recipient address rejected: User unknown", true)]
    [TestCase(550, "5.1.2 Bad destination system", true)]
    [TestCase(501, "5.1.3 Bad destination mailbox address syntax", true)]
    [TestCase(551, "5.1.6 Mailbox has moved", true)]
    [TestCase(556, "5.1.10 Recipient address has null MX", true)]
    [TestCase(550, "5.1.0 Address rejected", false)]
    [TestCase(553, "5.1.7 <framelane@localhost>: Sender address rejected: not fully qualified", false)]
    [TestCase(550, "5.1.8 <framelane@example.com>: Sender address rejected: Domain not found", false)]
    [TestCase(550, "5.1.11 Unknown", false)]
    [TestCase(550, "5.2.1 The account is disabled", true)]
    [TestCase(550, "No such mailbox", true)]
    [TestCase(553, "Mailbox name not allowed", true)]
    [TestCase(554, "5.7.1 <zoe@example.com>: Relay access denied", false)]
    [TestCase(550, "5.7.1 Service unavailable; client host is blocked", false)]
    [TestCase(530, "Authentication required", false)]
    [TestCase(554, "Transaction failed", false)]
    [TestCase(450, "4.2.1 Greylisted", false)]
    public void Only_a_mailbox_that_is_not_there_is_refused_for_good(int code, string said, bool isForGood) => Assert.That(
        SmtpTransport.IsForGood(new(SmtpErrorCode.RecipientNotAccepted, (SmtpStatusCode)code, new MailboxAddress("", "zoe@example.com"), said)), Is.EqualTo(isForGood));

    [Test]
    public async Task A_server_that_is_not_there_is_a_failure()
    {
        var server = new MailServer();
        await server.DisposeAsync();
        Assert.That(() => SendAsync(server, new() { UseTls = false }), Throws.Exception);
    }

    static Task SendAsync(MailServer server, SmtpOptions options)
    {
        (options.Host, options.Port) = ("localhost", server.Port);
        var message = new MimeMessage(
            [MailboxAddress.Parse("Framelane <framelane@example.com>")],
            [MailboxAddress.Parse("zoe@example.com")],
            "Zoë — 東京",
            new TextPart("plain") { Text = "Grüße 🎬" })
        {
            MessageId = "mail_1@framelane",
        };
        return new SmtpTransport(Options.Create(options)).SendAsync("mail_1", message, CancellationToken.None).InTimeAsync();
    }
}
