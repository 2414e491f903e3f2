namespace Framelane.Api.Tests.Http.Routes;

public sealed class SignupClosedTests
{
    [Test]
    public async Task Where_it_is_closed_nobody_signs_up_and_nothing_is_written()
    {
        await using var host = await ApiHost.StartAsync(("Framelane:Signup:Enabled", "false"));
        var before = await host.Data.Database.SnapshotAsync();
        Answer[] answers =
        [
            await host.Nobody.PostAsync("/v1/signup", """{"workspace_name": "Studio", "email": "zoe@example.com"}""", ("Idempotency-Key", "once")),
            await host.Nobody.PostAsync("/v1/signup/verify", """{"email": "zoe@example.com", "otp_code": "123456"}""", ("Idempotency-Key", "once")),
            await host.Nobody.PostAsync("/v1/signup/resend", """{"email": "zoe@example.com"}"""),
        ];

        Assert.That(answers.Select(answer => (answer.Status, answer.Code, answer.Message)), Has.All.EqualTo((503, "not_configured", "This installation takes no sign-ups.")));
        Assert.That(await host.Data.Database.SnapshotAsync(), Is.EqualTo(before));
        Assert.That(await CapabilityAsync(host.Nobody), Is.EqualTo("""{"type":"signup","supported":false,"parameters":{},"reason":"not_configured"}"""));
        Assert.That((await host.First.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(200), "Others go on.");
    }

    [Test]
    public async Task Where_nothing_is_said_it_is_open() =>
        Assert.That(await CapabilityAsync(SharedHost.Host.Nobody), Is.EqualTo("""{"type":"signup","supported":true,"parameters":{}}"""));

    static async Task<string> CapabilityAsync(Caller caller) =>
        (await caller.GetAsync("/v1/capabilities")).Json["accounts"]!.AsArray().Single(entry => (string?)entry!["type"] == "signup")!.ToJsonString();
}
