using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Infrastructure.Mail;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Framelane.Infrastructure.Tests.Mail;

[EveryDatabase]
public sealed class MailSenderTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    /// <summary>Five mails of a minute, and a little.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(5.5);

    readonly ScriptedTransport transport = new();
    TestHost sender = null!;

    [SetUp]
    public void PrepareSender() => sender = NewHost(services => services.AddSingleton<IMailTransport>(transport));

    [TearDown]
    public async Task CleanSender() => await sender.DisposeAsync();

    [Test]
    public async Task A_mail_is_sent_once_and_then_gone()
    {
        await AddAsync("a@example.com");
        Assert.That(await SendAsync(), Is.EqualTo(1));
        Assert.That(await SendAsync(), Is.Zero);
        Assert.That(transport.Sent, Is.EqualTo(new[] { "a@example.com" }));
        Assert.That(await WaitingAsync(), Is.Zero, "it may have held a code");
    }

    [Test]
    public async Task A_mail_of_what_was_not_kept_is_never_sent()
    {
        await Host.WriteAsync<int>((services, _) =>
        {
            services.GetRequiredService<IMailOutbox>().Add(new("a@example.com", "Hello", "Text"));
            return Task.FromResult<Result<int>>(Error.Conflict("No."));
        });
        Assert.That(await SendAsync(), Is.Zero);
        Assert.That(transport.Sent, Is.Empty);
    }

    [Test]
    public async Task Two_senders_at_once_send_each_mail_once()
    {
        for (var i = 0; i < 30; i++)
            await AddAsync($"{i}@example.com");
        await using var other = NewHost(services => services.AddSingleton<IMailTransport>(transport));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => (i % 2 == 0 ? sender : other).Get<MailSender>().SendAllDueAsync(CancellationToken.None))));
        Assert.That(transport.Sent, Is.Unique.And.Count.EqualTo(30));
    }

    [Test]
    public async Task A_mail_that_cannot_be_sent_is_put_off_for_longer_each_time()
    {
        await AddAsync("a@example.com");
        transport.Failing = true;
        List<TimeSpan> waits = [];
        for (var tries = 0; tries < 12; tries++)
        {
            Assert.That(await SendAsync(), Is.Zero);
            var next = await Host.ReadAsync(db => db.Mails.Select(mail => mail.ClaimableAt).SingleAsync());
            waits.Add(next - Now);
            Assert.That(await SendAsync(), Is.Zero, "not yet due");
            Time.Advance(next - Now);
        }

        Assert.That(waits, Is.Ordered.And.All.InRange(TimeSpan.FromSeconds(19), TimeSpan.FromHours(1)));
        Assert.That(waits[1], Is.EqualTo(waits[0] * 2).Within(TimeSpan.FromMilliseconds(1)));
        Assert.That(transport.Tries, Is.EqualTo(12));
        transport.Failing = false;
        Assert.That(await SendAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task One_that_fails_holds_back_no_other()
    {
        await AddAsync("bad@example.com");
        await AddAsync("good@example.com");
        transport.FaultOf = to => to == "bad@example.com" ? new IOException("no") : null;
        Assert.That(await SendAsync(), Is.EqualTo(1));
        Assert.That(transport.Sent, Is.EqualTo(new[] { "good@example.com" }));
        Assert.That(await WaitingAsync(), Is.EqualTo(1));
    }

    [TestCase(true, 0)]
    [TestCase(false, 50)]
    public async Task Those_that_a_server_refuses_hold_up_no_other(bool forGood, int waiting)
    {
        for (var i = 0; i < 50; i++)
            await AddAsync($"bad{i}@example.com");
        Time.Advance(TimeSpan.FromMilliseconds(1));
        await AddAsync("good@example.com");
        transport.FaultOf = to => to.StartsWith("bad", StringComparison.Ordinal) ? new MailRefusedException(forGood, new IOException(to)) : null;
        await sender.Get<MailSender>().SendAllDueAsync(CancellationToken.None).InTimeAsync();
        Assert.That(transport.Sent, Is.EqualTo(new[] { "good@example.com" }));
        Assert.That(await WaitingAsync(), Is.EqualTo(waiting));
        if (forGood)
            Assert.That(sender.Log.Lines, Has.Some.Contains("refused").And.None.Contains("bad0@example.com"));
    }

    [Test]
    public async Task A_server_that_is_away_is_asked_for_one_batch()
    {
        for (var i = 0; i < 3 * MailSender.BatchSize; i++)
            await AddAsync($"{i}@example.com");
        transport.Failing = true;
        await sender.Get<MailSender>().SendAllDueAsync(CancellationToken.None).InTimeAsync();
        Assert.That(transport.Tries, Is.EqualTo(MailSender.BatchSize));
    }

    [Test]
    public async Task Those_that_go_to_nobody_are_dropped_and_hold_up_no_other()
    {
        for (var i = 0; i < 25; i++)
            await AddAsync(Framelane.Application.Abstractions.Mail.Nobody);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        await AddAsync("a@example.com");
        await sender.Get<MailSender>().SendAllDueAsync(CancellationToken.None).InTimeAsync();
        Assert.That(transport.Sent, Is.EqualTo(new[] { "a@example.com" }));
        Assert.That(await WaitingAsync(), Is.Zero);
    }

    [Test]
    public async Task After_three_days_a_mail_is_given_up_and_said_so_without_its_text()
    {
        await AddAsync("a@example.com");
        transport.Failing = true;
        Time.Advance(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        await SendAsync();
        Assert.That(await WaitingAsync(), Is.EqualTo(1));
        Time.Advance(TimeSpan.FromMinutes(1));
        await SendAsync();
        Assert.That(await WaitingAsync(), Is.Zero);
        Assert.That(sender.Log.Lines, Has.Some.StartsWith("Error: The mail mail_").And.None.Contains("Code 123456"));
    }

    [Test]
    public async Task A_mail_of_a_sender_that_died_is_sent_by_another_after_its_lease()
    {
        await AddAsync("a@example.com");
        (transport.Hanging, transport.Deaf) = (true, true);
        var dying = SendAsync();
        await Eventually.HoldsAsync(() => transport.Tries == 1);
        transport.Hanging = false;
        await using var survivor = NewHost(services => services.AddSingleton<IMailTransport>(transport));
        Time.Advance(Lease - TimeSpan.FromSeconds(1));
        Assert.That(await SendAsync(survivor), Is.Zero, "it is leased");
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await SendAsync(survivor), Is.EqualTo(1));
        transport.Release();
        await dying;
    }

    [Test]
    public async Task A_sender_that_stops_hands_back_what_it_has_not_sent()
    {
        for (var i = 0; i < MailSender.BatchSize; i++)
            await AddAsync($"{i}@example.com");
        using var stop = new CancellationTokenSource();
        transport.Sending = () => transport.Hanging = transport.Tries == 2;
        var stopping = sender.Get<MailSender>().SendDueAsync(stop.Token);
        await Eventually.HoldsAsync(() => transport.Tries == 2);
        await stop.CancelAsync();
        Assert.That(async () => await stopping.InTimeAsync(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await Host.ReadAsync(db => db.Mails.Where(mail => mail.ClaimableAt <= Now && mail.Tries == 0).CountAsync()), Is.EqualTo(MailSender.BatchSize - 1));

        (transport.Sending, transport.Hanging) = (null, false);
        await using var other = NewHost(services => services.AddSingleton<IMailTransport>(transport));
        Assert.That(await SendAsync(other), Is.EqualTo(MailSender.BatchSize - 1));
        Assert.That(transport.Sent, Is.Unique.And.Count.EqualTo(MailSender.BatchSize));
    }

    [Test]
    public async Task A_mail_that_a_server_took_while_the_sender_stops_is_not_sent_again()
    {
        await AddAsync("a@example.com");
        await AddAsync("b@example.com");
        using var stop = new CancellationTokenSource();
        transport.Sending = stop.Cancel;
        Assert.That(async () => await sender.Get<MailSender>().SendDueAsync(stop.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(transport.Sent, Has.Count.EqualTo(1));
        Assert.That(await WaitingAsync(), Is.EqualTo(1));
        transport.Sending = null;
        Assert.That(await SendAsync(), Is.EqualTo(1));
        Assert.That(transport.Sent, Is.Unique.And.Count.EqualTo(2));
    }

    [Test]
    public async Task A_server_that_does_not_end_is_waited_for_for_a_minute()
    {
        await AddAsync("a@example.com");
        transport.Hanging = true;
        var sending = SendAsync();
        await Eventually.HoldsAsync(() => transport.Tries == 1);
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await sending.InTimeAsync(), Is.Zero);
        Assert.That(await Host.ReadAsync(db => db.Mails.Select(mail => mail.ClaimableAt).SingleAsync()), Is.LessThan(Now + TimeSpan.FromMinutes(1)), "it is put off, not leased");
    }

    [Test]
    public async Task A_sender_that_woke_too_late_takes_nothing_away()
    {
        await AddAsync("a@example.com");
        (transport.Hanging, transport.Deaf) = (true, true);
        var late = sender.Get<MailSender>().SendDueAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => transport.Tries == 1);
        Time.Advance(Lease);
        transport.Failing = true;
        transport.Hanging = false;
        await using var other = NewHost(services => services.AddSingleton<IMailTransport>(transport));
        await other.Get<MailSender>().SendDueAsync(CancellationToken.None);
        var due = await Host.ReadAsync(db => db.Mails.Select(mail => mail.ClaimableAt).SingleAsync());
        transport.Release();
        await late;
        Assert.That(await Host.ReadAsync(db => db.Mails.Select(mail => mail.ClaimableAt).SingleAsync()), Is.EqualTo(due), "the mail is another's by now");
    }

    [Test]
    public async Task Without_a_server_a_mail_is_a_file_that_only_its_user_may_read_and_a_repeat_replaces_it()
    {
        await AddAsync("a@example.com");
        Assert.That(await SendAsync(Host), Is.EqualTo(1));
        var folder = Path.Combine(Database.Folder, "outbox");
        var file = Directory.GetFiles(folder).Single();
        var mail = await MimeMessage.LoadAsync(file);
        Assert.Multiple(() =>
        {
            Assert.That(mail.To.ToString(), Is.EqualTo("a@example.com"));
            Assert.That(mail.TextBody?.Trim(), Is.EqualTo("Code 123456"));
            Assert.That(Path.GetFileName(file), Does.Match("^mail_[0-9A-Z]{26}\\.eml$"));
            Assert.That(mail.MessageId, Is.EqualTo(Path.GetFileNameWithoutExtension(file) + "@framelane"));
            Assert.That(UnixModes.Of(file), Is.EqualTo(UnixModes.OwnersFile));
            Assert.That(UnixModes.Of(folder), Is.EqualTo(UnixModes.OwnersFolder));
        });

        mail.Body = new TextPart("plain") { Text = "again" };
        await Host.Get<IMailTransport>().SendAsync(Path.GetFileNameWithoutExtension(file), mail, CancellationToken.None);
        Assert.That(Directory.GetFiles(folder), Is.EqualTo(new[] { file }));
        Assert.That((await MimeMessage.LoadAsync(file)).TextBody?.Trim(), Is.EqualTo("again"));
    }

    Task<Result<int>> AddAsync(string to) => Host.WriteAsync<int>((services, _) =>
    {
        services.GetRequiredService<IMailOutbox>().Add(new(to, "Hello", "Code 123456"));
        return Task.FromResult<Result<int>>(1);
    });

    Task<int> SendAsync() => SendAsync(sender);

    static async Task<int> SendAsync(TestHost host) => (await host.Get<MailSender>().SendDueAsync(CancellationToken.None)).Done;

    Task<int> WaitingAsync() => Host.ReadAsync(db => db.Mails.CountAsync());

    sealed class ScriptedTransport : IMailTransport
    {
        readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly List<string> sent = [];
        int tries;

        public bool Failing { get; set; }

        public bool Hanging { get; set; }

        /// <summary>It does not hear that it is to give up, like a process that is suspended, or dead.</summary>
        public bool Deaf { get; set; }

        /// <summary>Called for each mail before it is sent.</summary>
        public Action? Sending { get; set; }

        public Func<string, Exception?>? FaultOf { get; set; }

        public int Tries => Volatile.Read(ref tries);

        public IReadOnlyList<string> Sent
        {
            get
            {
                lock (sent)
                    return [.. sent];
            }
        }

        public void Release() => released.SetResult();

        public async Task SendAsync(string id, MimeMessage message, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref tries);
            Sending?.Invoke();
            if (Hanging)
                await released.Task.WaitAsync(Deaf ? CancellationToken.None : cancellationToken);
            var to = message.To.ToString();
            if ((Failing ? new IOException("no") : FaultOf?.Invoke(to)) is { } fault)
                throw fault;
            lock (sent)
                sent.Add(to);
        }
    }
}
