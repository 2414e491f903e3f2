using System.Text.RegularExpressions;

namespace Framelane.Api.Tests.Http.Routes;

/// <summary>Nothing that a stranger can ask tells what there is to an address.</summary>
public sealed partial class SignupEnumerationTests : SignupTests
{
    static readonly string[] Restless = ["Date", "X-Request-Id", "RateLimit-Remaining", "RateLimit-Reset", "Content-Length"];

    [Test]
    public async Task A_sign_up_is_answered_alike_and_its_key_treated_alike()
    {
        var answers = new List<Answer>();
        foreach (var email in await AddressesAsync())
            answers.Add(await SignUpAsync(email));
        var uses = await Task.WhenAll(answers.Select(UseAsync));

        Assert.Multiple(() =>
        {
            Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(201));
            Assert.That(answers.Select(Shape).Distinct().Count(), Is.EqualTo(1), string.Join('\n', answers.Select(Shape).Distinct()));
            Assert.That(answers.Select(Headers).Distinct().Count(), Is.EqualTo(1));
            Assert.That(uses.Select(use => (use.Status, use.Code, use.Body)).Distinct().Count(), Is.EqualTo(1));
            Assert.That((uses[0].Status, uses[0].Code), Is.EqualTo((403, "email_not_verified")));
        });
    }

    [Test]
    public async Task A_resend_is_answered_alike()
    {
        var answers = await Task.WhenAll((await AddressesAsync()).Select(email => ResendAsync(email)));

        Assert.That(answers.Select(answer => (answer.Status, answer.Body, Headers(answer))).Distinct().Count(), Is.EqualTo(1));
        Assert.That(answers[0].Status, Is.EqualTo(202));
    }

    [Test]
    public async Task A_refusal_is_answered_alike()
    {
        var email = NewAddress("used");
        await SignUpAsync(email);
        var code = await Host.CodeAsync(email);
        await VerifyAsync(email, code);
        var answers = await Task.WhenAll((await AddressesAsync()).Select(address => VerifyAsync(address, "000000")).Append(VerifyAsync(email, code)));

        Assert.That(answers.Select(answer => (answer.Status, answer.Body, Headers(answer))).Distinct().Count(), Is.EqualTo(1));
        Assert.That((answers[0].Status, answers[0].Code, answers[0].Faults.Single()), Is.EqualTo((422, "validation_error", "body/otp_code otp_code_invalid")));
        Assert.That(answers[0].Json["detail"]![0]!.AsObject().ContainsKey("input"), Is.False);
    }

    /// <summary>New, waiting, over its limit, tried too often, and verified.</summary>
    static async Task<IReadOnlyList<string>> AddressesAsync()
    {
        var addresses = new[] { "new", "pending", "flooded", "tried", "verified" }.Select(NewAddress).ToArray();
        foreach (var email in addresses[1..4])
            await SignUpAsync(email);
        for (var i = 0; i < 6; i++)
        {
            await ResendAsync(addresses[2]);
            await VerifyAsync(addresses[3], Outbox.Other(await Host.CodeAsync(addresses[3])));
        }

        await MakeVerifiedAsync(addresses[4]);
        return addresses;
    }

    /// <summary>The body without what is another one each time.</summary>
    static string Shape(Answer answer) => Varying().Replace(answer.Body, "…");

    static string Headers(Answer answer) => string.Join('\n', answer.Headers
        .Where(header => !Restless.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
        .Select(header => $"{header.Key}: {header.Value}")
        .Order(StringComparer.Ordinal));

    [GeneratedRegex("(?<=\"(?:id|email|created_at|rotated_at|api_key)\":)\"[^\"]+\"")]
    private static partial Regex Varying();
}
