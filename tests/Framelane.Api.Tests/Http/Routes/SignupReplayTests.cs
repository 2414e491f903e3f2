using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Framelane.Api.Conventions.Idempotency;
using Framelane.Application.Abstractions;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Api.Tests.Http.Routes;

/// <summary>Repeats under an Idempotency-Key of routes that need no API key: the scope is the route, and no secret is remembered.</summary>
public sealed class SignupReplayTests : SignupTests
{
    readonly string key = Guid.NewGuid().ToString();

    [Test]
    public async Task A_repeated_sign_up_answers_the_workspace_without_its_key_and_does_nothing()
    {
        var email = NewAddress();
        var first = await SignUpAsync(email, idempotencyKey: key);
        var repeat = await SignUpAsync(email, idempotencyKey: key);
        var withAKey = await Tenant.Raw.PostAsync(
            "/v1/signup", new JsonObject { ["workspace_name"] = "Studio", ["email"] = email }.ToJsonString(), ("Idempotency-Key", key));
        var expected = first.Json.DeepClone();
        expected["api_key"] = null;

        Assert.Multiple(async () =>
        {
            Assert.That((first.Status, repeat.Status, withAKey.Status), Is.EqualTo((201, 200, 200)));
            Assert.That(repeat.Body, Is.EqualTo(expected.ToJsonString(Framelane.Application.Common.WireJson.Options)));
            Assert.That((repeat.Header("Idempotency-Replayed"), repeat.Header("Cache-Control")), Is.EqualTo(("true", "no-store")));
            Assert.That(withAKey.Body, Is.EqualTo(repeat.Body), "the scope is the route alone");
            Assert.That(await Host.MailsAsync(email), Has.Count.EqualTo(1));
            Assert.That((await UseAsync(first)).Status, Is.EqualTo(403));
        });
        Assert.That((await SignUpAsync(email, "Other", key)).Code, Is.EqualTo("idempotency_conflict"));
    }

    [Test]
    public async Task Of_many_at_once_one_signs_up()
    {
        var email = NewAddress();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SignUpAsync(email, idempotencyKey: key)));

        Assert.That(answers.Count(answer => answer.Status == 201), Is.EqualTo(1));
        Assert.That(answers.Where(answer => answer.Status == 409).Select(answer => answer.Code), Has.All.EqualTo("idempotency_in_progress"));
        Assert.That(await Host.MailsAsync(email), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_repeated_verification_answers_the_same_and_a_refusal_is_another_try()
    {
        var email = NewAddress();
        await SignUpAsync(email);
        var code = await Host.CodeAsync(email);
        var wrong = await VerifyAsync(email, Outbox.Other(code), key);
        for (var i = 0; i < 3; i++)
            Assert.That((await VerifyAsync(email, Outbox.Other(code), key)).Body, Is.EqualTo(wrong.Body));

        var first = await VerifyAsync(email, code, key);
        var repeat = await VerifyAsync(email, code, key);
        var anew = await VerifyAsync(email, code);

        Assert.That((wrong.Status, first.Status, repeat.Status, anew.Status), Is.EqualTo((422, 200, 200, 422)));
        Assert.That(repeat.Body, Is.EqualTo(first.Body));
    }

    [Test]
    public async Task A_repeated_wrong_code_uses_up_the_tries()
    {
        var email = NewAddress();
        await SignUpAsync(email);
        var code = await Host.CodeAsync(email);
        for (var i = 0; i < 5; i++)
            await VerifyAsync(email, Outbox.Other(code), key);

        Assert.That((await VerifyAsync(email, code)).Status, Is.EqualTo(422));
    }

    [Test]
    public async Task A_repeated_resend_sends_once()
    {
        var email = NewAddress();
        await SignUpAsync(email);
        var first = await ResendAsync(email, key);
        var repeat = await ResendAsync(email, key);

        Assert.That((first.Status, repeat.Status, repeat.Body), Is.EqualTo((202, 200, first.Body)));
        Assert.That(await Host.MailsAsync(email), Has.Count.EqualTo(2));
    }

    [TestCase("v1/signup", """{"workspace_name":"Studio","email":"{email}"}""", 201)]
    [TestCase("v1/signup/resend", """{"email":"{email}"}""", 202)]
    public async Task While_the_first_runs_a_repeat_is_in_progress(string route, string body, int status)
    {
        var json = body.Replace("{email}", NewAddress(), StringComparison.Ordinal);
        var store = Host.Services.GetRequiredService<IIdempotencyStore>();
        var claimed = await store.ClaimAsync(route, key, RequestFingerprint.Of("/" + route, "", Encoding.UTF8.GetBytes(json)), CancellationToken.None);
        var second = await Host.Nobody.PostAsync("/" + route, json, ("Idempotency-Key", key));
        await store.ReleaseAsync(claimed.Claim!, CancellationToken.None);
        var third = await Host.Nobody.PostAsync("/" + route, json, ("Idempotency-Key", key));

        Assert.That((second.Status, second.Code, third.Status), Is.EqualTo((409, "idempotency_in_progress", status)));
    }

    [Test]
    public async Task What_is_remembered_tells_no_code()
    {
        var email = NewAddress();
        await SignUpAsync(email);
        var code = await Host.CodeAsync(email);
        await VerifyAsync(email, code, key);
        var body = new JsonObject { ["email"] = email, ["otp_code"] = code }.ToJsonString();
        var bare = RequestFingerprint.Of("/v1/signup/verify", "", Encoding.UTF8.GetBytes(body));
        var cells = (await Host.Data.Database.CellsAsync()).Where(cell => cell.Table == "idempotency_keys").ToArray();

        Assert.That(cells.Any(cell => cell.Value is string text && text == key), Is.True);
        Assert.That(cells.Any(cell => cell.Value is byte[] bytes && CryptographicOperations.FixedTimeEquals(bytes, bare)), Is.False, "a million digests are made in no time");
    }
}
