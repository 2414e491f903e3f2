using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Operators;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Audit;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Tests.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Signups;

[EveryDatabase]
public sealed class SignupTests<TDatabase> : SignupStorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Test]
    public async Task The_code_of_the_mail_brings_the_key_to_life()
    {
        await Host.RegisterAsync();
        var made = (await SignUpAsync("Zoe@Example.com")).Value!;
        var before = await AuthenticateAsync(made.ApiKey!);
        var mail = (await MailsAsync("Zoe@example.com")).Single();
        var verified = await VerifyAsync(CodeIn(mail)!, "zOE@EXAMPLE.com");
        var after = await AuthenticateAsync(made.ApiKey!);
        var audit = await Host.ReadAsync(db => db.AuditLog.Where(line => line.WorkspaceId == WorkspaceId.FromStored(made.Workspace.Id)).OrderBy(line => line.CreatedAt).ToListAsync());

        Assert.Multiple(() =>
        {
            Assert.That((made.Workspace.EmailVerified, made.Workspace.Email, made.Workspace.Plan), Is.EqualTo((false, "Zoe@example.com", Plan.Enterprise)));
            Assert.That((before!.EmailVerified, after!.EmailVerified), Is.EqualTo((false, true)));
            Assert.That((verified.Value!.Workspace.Id, verified.Value.Workspace.Name, verified.Value.Workspace.EmailVerified), Is.EqualTo((made.Workspace.Id, "Studio", true)));
            Assert.That(mail.TextBody, Does.Contain("\"Studio\"").And.Contain("15 minutes").And.Contain("If you did not sign up"));
            Assert.That(
                audit.Select(line => line.Action),
                Is.EquivalentTo(new[] { AuditActions.WorkspaceCreated, AuditActions.ApiKeyCreated, AuditActions.EmailVerified }));
            Assert.That(audit.Select(line => (line.ApiKeyId, line.Address)), Has.All.EqualTo(((ApiKeyId?)null, "203.0.113.7")));
        });
    }

    [Test]
    public async Task A_code_that_is_15_minutes_old_is_worth_nothing_and_a_new_one_is()
    {
        await SignUpAsync();
        var old = await LastCodeAsync();
        Time.Advance(TimeSpan.FromMinutes(15));
        var late = await VerifyAsync(old);
        await ResendAsync("ZOE@example.com");
        var (former, next) = (await VerifyAsync(old), await LastCodeAsync());

        Assert.That((late.IsSuccess, former.IsSuccess && old != next), Is.EqualTo((false, false)));
        Assert.That((await VerifyAsync(next)).IsSuccess);
    }

    [Test]
    public async Task Five_tries_are_all()
    {
        await SignUpAsync();
        var code = await LastCodeAsync();
        for (var i = 0; i < 5; i++)
            Assert.That((await VerifyAsync(Other(code))).Error, Is.InstanceOf<ValidationError>());

        var right = await VerifyAsync(code);

        Assert.That(((ValidationError)right.Error!).Faults.Single().Loc, Is.EqualTo(new object[] { "body", "otp_code" }));
        await ResendAsync();
        Assert.That((await VerifyAsync(await LastCodeAsync())).IsSuccess, "a new code has tries of its own");
    }

    [Test]
    public async Task A_new_sign_up_ends_the_former_whose_key_is_never_let_in()
    {
        await Host.RegisterAsync();
        var former = (await SignUpAsync(name: "Former")).Value!;
        var oldCode = await LastCodeAsync();
        Time.Advance(TimeSpan.FromMinutes(1));
        var next = (await SignUpAsync("ZOE@EXAMPLE.COM", "Next")).Value!;
        var newCode = await LastCodeAsync("ZOE@example.com");

        var old = await VerifyAsync(oldCode);
        var verified = (await VerifyAsync(newCode)).Value!;

        Assert.Multiple(async () =>
        {
            Assert.That(old.IsSuccess && oldCode != newCode, Is.False);
            Assert.That((verified.Workspace.Id, verified.Workspace.Name), Is.EqualTo((next.Workspace.Id, "Next")));
            Assert.That((await AuthenticateAsync(former.ApiKey!))!.EmailVerified, Is.False);
            Assert.That((await AuthenticateAsync(next.ApiKey!))!.EmailVerified, Is.True);
        });
    }

    [Test]
    public async Task An_address_that_is_verified_hears_of_it_and_nothing_else_happens()
    {
        await Host.RegisterAsync();
        var owner = await MakeVerifiedAsync();
        Time.Advance(TimeSpan.FromMinutes(1));
        var stranger = (await SignUpAsync("ZOE@example.com", "Evil")).Value!;
        await ResendAsync();
        var mails = await MailsAsync("ZOE@example.com");

        Assert.Multiple(async () =>
        {
            Assert.That(mails, Has.Count.EqualTo(1));
            Assert.That(CodeIn(mails[0]), Is.Null);
            Assert.That(mails[0].TextBody, Does.Contain("tried to sign up").And.Not.Contain("Evil"));
            Assert.That(await MailsAsync(), Has.Count.EqualTo(1), "the code that verified it");
            Assert.That((await AuthenticateAsync(stranger.ApiKey!))!.EmailVerified, Is.False);
            Assert.That((await AuthenticateAsync(owner.ApiKey!))!.EmailVerified, Is.True);
        });
    }

    [Test]
    public async Task An_address_that_an_operator_gave_a_workspace_meanwhile_verifies_no_other_one()
    {
        await Host.RegisterAsync();
        var made = (await SignUpAsync()).Value!;
        var code = await LastCodeAsync();
        await using (var scope = Host.Scope())
            Assert.That((await scope.ServiceProvider.GetRequiredService<ISender>().Send(new CreateWorkspaceCommand("By hand", null, "ZOE@example.com"))).IsSuccess, Is.True);

        var late = await VerifyAsync(code);
        await ResendAsync();
        var resent = (await MailsAsync()).Single(mail => CodeIn(mail) != code);

        Assert.That(late.Error, Is.InstanceOf<ValidationError>());
        Assert.That(CodeIn(resent), Is.Null, "a new code would verify nothing either");
        Assert.That(resent.TextBody, Does.Contain("tried to sign up"));
        Assert.That((await AuthenticateAsync(made.ApiKey!))!.EmailVerified, Is.False);
    }

    [Test]
    public async Task An_address_gets_five_mails_a_day_whatever_is_asked()
    {
        await SignUpAsync();
        for (var i = 0; i < 6; i++)
            await ResendAsync();
        for (var i = 0; i < 3; i++)
            await SignUpAsync("zoe@EXAMPLE.com");
        await ResendAsync();
        Assert.That(await MailsAsync(), Has.Count.EqualTo(5));
        Assert.That(await Host.ReadAsync(db => db.Mails.CountAsync()), Is.Zero, "those to nobody are dropped");

        Time.Advance(TimeSpan.FromDays(1));
        await ResendAsync();
        Assert.That(await MailsAsync(), Has.Count.EqualTo(6));
        Assert.That((await VerifyAsync(await LastCodeAsync())).IsSuccess);
    }

    [Test]
    public async Task Neither_code_nor_mail_lies_in_the_clear()
    {
        await SignUpAsync();
        var (mail, digest, id) = await Host.ReadAsync(async db => (
            await db.Mails.SingleAsync(), (await db.Signups.SingleAsync()).CodeDigest!, (await db.Signups.SingleAsync()).Id));
        var code = await LastCodeAsync();

        // Whoever has the database but not the master key tries all million of them.
        var guesses = Enumerable.Range(0, 1_000_000).Select(number => System.Text.Encoding.ASCII.GetBytes($"{id.Value} {number:000000}"));
        Assert.Multiple(() =>
        {
            Assert.That(mail.Body, Does.Not.Contain(code).And.Not.Contain("Studio"));
            Assert.That(mail.Subject, Does.Not.Contain(code));
            Assert.That(guesses.Any(guess => System.Security.Cryptography.SHA256.HashData(guess).SequenceEqual(digest)), Is.False);
            Assert.That(Host.Log.Lines, Has.None.Contains(code).And.Some.Contains(Path.Combine(Database.Folder, "outbox", mail.Id + ".eml")));
        });
    }

    Task<AuthenticatedKey?> AuthenticateAsync(string key) =>
        Host.Get<IApiKeyAuthenticator>().AuthenticateAsync(ApiKeySecret.TryParse(key)!, CancellationToken.None);
}
