using Framelane.Domain.Audit;
using Framelane.Domain.Signups;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Signups;

/// <summary>Two processes on one database, asked many things of one address at once.</summary>
[EveryDatabase]
public sealed class SignupRaceTests<TDatabase> : SignupStorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    TestHost other = null!;

    [SetUp]
    public void StartOther() => other = NewHost();

    [TearDown]
    public async Task StopOther() => await other.DisposeAsync();

    [Test]
    public async Task No_guess_is_free_however_many_come_at_once()
    {
        await SignUpAsync();
        var code = await LastCodeAsync();
        var guesses = Enumerable.Range(1, 24).Select(i => $"{(int.Parse(code) + i) % 1_000_000:000000}");
        var answers = await Task.WhenAll(guesses.Select((guess, i) => Task.Run(() => VerifyAsync(guess, host: i % 2 == 0 ? Host : other))));

        Assert.That(answers.Count(answer => answer.IsSuccess), Is.Zero);
        Assert.That((await SignupAsync()).Tries, Is.EqualTo(24), "each one was counted");
        Assert.That((await VerifyAsync(code)).IsSuccess, Is.False);
    }

    [Test]
    public async Task Of_many_that_give_the_right_code_one_uses_it()
    {
        await SignUpAsync();
        var code = await LastCodeAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Task.Run(() => VerifyAsync(code, host: i % 2 == 0 ? Host : other))));

        Assert.That(answers.Count(answer => answer.IsSuccess), Is.EqualTo(1));
        Assert.That(await Host.ReadAsync(db => db.AuditLog.CountAsync(line => line.Action == AuditActions.EmailVerified)), Is.EqualTo(1));
    }

    [Test]
    public async Task Of_many_sign_ups_with_one_address_one_waits_and_five_mails_are_sent()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => SignUpAsync(name: $"Studio {i}", host: i % 2 == 0 ? Host : other))));

        Assert.That(answers.Count(answer => answer.IsSuccess), Is.EqualTo(12));
        Assert.That(answers.Select(answer => answer.Value!.Workspace.Id), Has.Member((await SignupAsync()).WorkspaceId!.Value.Value));
        Assert.That(await MailsAsync(), Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Codes_that_are_asked_for_at_once_are_five()
    {
        await SignUpAsync();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => ResendAsync(host: i % 2 == 0 ? Host : other))));

        Assert.That(await MailsAsync(), Has.Count.EqualTo(5));
        Assert.That((await SignupAsync()).MailedAt, Has.Count.EqualTo(5));
    }

    Task<Signup> SignupAsync() => Host.ReadAsync(db => db.Signups.SingleAsync());
}
