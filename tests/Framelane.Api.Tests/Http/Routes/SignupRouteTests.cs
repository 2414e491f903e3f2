using Framelane.Client;

namespace Framelane.Api.Tests.Http.Routes;

public sealed class SignupRouteTests : SignupTests
{
    [Test]
    public async Task From_the_sign_up_to_the_first_call_with_its_key()
    {
        var email = NewAddress();
        var made = await Client.SignUpAsync(new() { WorkspaceName = "Studio", Email = email });
        using var tenant = new Tenant(made.ApiKey!, Host.Url);
        var early = await tenant.Raw.GetAsync("/v1/workspace");
        var verified = await Client.VerifySignupAsync(new() { Email = email, OtpCode = await Host.CodeAsync(email) });
        var workspace = await tenant.Client.GetWorkspaceAsync();
        var audit = (await tenant.Client.ListAuditLogAsync()).Data;

        Assert.Multiple(() =>
        {
            Assert.That(made.ApiKey, Does.Match("^fl_live_.{32,}$"));
            Assert.That((made.Workspace.Name, made.Workspace.Email, made.Workspace.EmailVerified), Is.EqualTo(("Studio", email, false)));
            Assert.That((made.Workspace.Plan, made.Workspace.PlanStatus), Is.EqualTo((Plan.Enterprise, PlanStatus.Active)));
            Assert.That((early.Status, early.Code), Is.EqualTo((403, "email_not_verified")));
            Assert.That((verified.Workspace.Id, verified.Workspace.EmailVerified), Is.EqualTo((made.Workspace.Id, true)));
            Assert.That((workspace.Id, workspace.Email, workspace.EmailVerified), Is.EqualTo((made.Workspace.Id, email, true)));
            Assert.That(audit.Select(line => line.Action), Is.EquivalentTo(new[] { "workspace.email_verified", "api_key.created", "workspace.created" }));
            Assert.That(audit.Select(line => (line.ApiKeyId, line.Address)), Has.All.EqualTo(((string?)null, "127.0.0.1")));
        });
    }

    [Test]
    public async Task Answers_have_the_contracts_form_and_no_cache_keeps_them()
    {
        var email = NewAddress();
        var made = await SignUpAsync(email);
        var resent = await ResendAsync(email);
        var refused = await VerifyAsync(email, Outbox.Other(await Host.CodeAsync(email)));
        var verified = await VerifyAsync(email, await Host.CodeAsync(email));

        Assert.Multiple(() =>
        {
            Assert.That(new[] { made.Status, resent.Status, refused.Status, verified.Status }, Is.EqualTo(new[] { 201, 202, 422, 200 }));
            Assert.That(Fields.Of(made.Json), Is.EquivalentTo(new[] { "workspace", "api_key" }));
            Assert.That(Fields.Of(made.Json["workspace"]), Is.EquivalentTo(Fields.Workspace));
            Assert.That(Fields.Of(verified.Json), Is.EquivalentTo(new[] { "workspace" }));
            Assert.That(Fields.Of(verified.Json["workspace"]), Is.EquivalentTo(Fields.Workspace));
            Assert.That(new[] { made, resent, refused, verified }.Select(answer => answer.Header("Cache-Control")), Has.All.EqualTo("no-store"));
        });
    }

    [Test]
    public async Task A_workspace_may_be_named_by_one_space()
    {
        var made = await Client.SignUpAsync(new() { WorkspaceName = " ", Email = NewAddress() });

        Assert.That(made.Workspace.Name, Is.EqualTo(" "));
    }

    [TestCase("zoe@example")]
    [TestCase("Zoe <zoe@example.com>")]
    [TestCase("zoe@example.com\r\nBcc: eve@example.com")]
    [TestCase("zoe@example.com,eve@example.com")]
    [TestCase("zoe@[127.0.0.1]")]
    public async Task What_is_no_address_is_refused_everywhere_and_not_repeated(string email)
    {
        foreach (var answer in new[] { await SignUpAsync(email), await VerifyAsync(email, "123456"), await ResendAsync(email) })
        {
            Assert.That((answer.Status, answer.Faults.Single()), Is.EqualTo((422, "body/email email_invalid")));
            Assert.That(answer.Json["detail"]![0]!.AsObject().ContainsKey("input"), Is.False);
            Assert.That(answer.Body, Does.Not.Contain("zoe"));
        }
    }

    [Test]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var answer = await SignUpAsync(new string('z', 255), new string('x', 256));

        Assert.That(answer.Faults, Is.EqualTo(new[] { "body/email too_long", "body/workspace_name too_long" }));
        Assert.That((await SignUpAsync("", "")).Faults, Is.EqualTo(new[] { "body/email too_short", "body/workspace_name too_short" }));
    }

    [TestCase("12345", "too_short")]
    [TestCase("1234567", "too_long")]
    [TestCase("12345x", "pattern")]
    [TestCase("１２３４５６", "pattern")]
    [TestCase("12345\n", "pattern")]
    public async Task What_is_no_code_is_refused_and_not_repeated(string code, string type)
    {
        var answer = await VerifyAsync(NewAddress(), code);

        Assert.That(answer.Faults, Is.EqualTo(new[] { $"body/otp_code {type}" }));
        Assert.That(answer.Json["detail"]![0]!.AsObject().ContainsKey("input"), Is.False);
    }

    [Test]
    public async Task A_code_that_comes_as_a_number_is_not_repeated_either()
    {
        var answer = await Host.Nobody.PostAsync("/v1/signup/verify", """{"email": "zoe@example.com", "otp_code": 914267}""");

        Assert.That((answer.Status, answer.Faults.Single()), Is.EqualTo((422, "body/otp_code string_type")));
        Assert.That(answer.Body, Does.Not.Contain("914267"));
    }

    [Test]
    public async Task Five_guesses_at_once_or_one_by_one_are_all()
    {
        var email = NewAddress();
        var made = await SignUpAsync(email);
        var code = await Host.CodeAsync(email);
        var guesses = await Task.WhenAll(Enumerable.Range(1, 12).Select(i => VerifyAsync(email, Outbox.Other(code, i))));
        var right = await VerifyAsync(email, code);

        Assert.Multiple(async () =>
        {
            Assert.That(guesses.Select(guess => guess.Status), Has.All.EqualTo(422));
            Assert.That(guesses.Select(guess => guess.Body).Append(right.Body).Distinct().Count(), Is.EqualTo(1));
            Assert.That((await UseAsync(made)).Status, Is.EqualTo(403));
        });
        await ResendAsync(email);
        Assert.That((await VerifyAsync(email, await Host.CodeAsync(email))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task However_often_it_is_asked_for_an_address_gets_five_mails_a_day()
    {
        var email = NewAddress();
        await SignUpAsync(email);
        var answers = await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => ResendAsync(email)));
        var again = await SignUpAsync(email.ToUpperInvariant());

        Assert.That(answers.Select(answer => (answer.Status, answer.Body)).Distinct().Count(), Is.EqualTo(1));
        Assert.That((answers[0].Status, again.Status), Is.EqualTo((202, 201)));
        Assert.That(await Host.MailsAsync(email), Has.Count.EqualTo(5));
        Assert.That(await Host.MailsAsync(email.ToUpperInvariant().Replace("EXAMPLE.COM", "example.com", StringComparison.Ordinal)), Is.Empty);
    }
}
