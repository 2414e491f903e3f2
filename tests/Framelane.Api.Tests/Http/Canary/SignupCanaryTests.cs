using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Framelane.Api.Tests.Http.Canary;

/// <summary>A sign-up of which every code is known: nothing but the mails shows one.</summary>
public sealed class SignupCanaryTests
{
    const string Email = "zoe@example.com";

    readonly EverythingHeard heard = new();

    [Test]
    public async Task No_code_gets_out_but_by_mail()
    {
        await using var host = await ApiHost.StartAsync(
            services =>
            {
                services.RemoveAll<ILoggerProvider>();
                services.AddSingleton<ILoggerProvider>(heard);
            },
            ("Logging:LogLevel:Default", "Trace"),
            ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"),
            ("Logging:LogLevel:Microsoft.EntityFrameworkCore", "Trace"));
        var made = await PostAsync(host, "/v1/signup", new() { ["workspace_name"] = "Studio", ["email"] = Email });
        var beforeSending = await CellsAsync(host);
        var first = await host.CodeAsync(Email);
        var wrong = Outbox.Other(first);
        Answer[] errors =
        [
            await VerifyAsync(host, wrong),
            await host.Nobody.PostAsync("/v1/signup/verify", $$"""{"email": "{{Email}}", "otp_code": 1{{first}}}"""),
            await host.Nobody.PostAsync("/v1/signup/verify", $$"""{"email": "{{Email}}", "otp_code": ["{{first}}"]}"""),
            await host.Nobody.PostAsync("/v1/signup/verify", $$"""{"email": "x", "otp_code": "{{first}}"}"""),
            await host.Nobody.PostAsync("/v1/signup/verify", $$"""{"email": "{{Email}}", "otp_code": "{{first}}" """),
        ];
        await PostAsync(host, "/v1/signup/resend", new() { ["email"] = Email });
        var second = await host.CodeAsync(Email);
        var verified = await VerifyAsync(host, second, "key");
        var key = Needles.Of((string)made.Json["api_key"]!);
        var cells = await CellsAsync(host);

        Assert.Multiple(() =>
        {
            Assert.That(verified.Status, Is.EqualTo(200));
            Assert.That(errors.Select(error => error.Status), Is.EqualTo(new[] { 422, 422, 422, 422, 400 }));
            Assert.That(heard.Lines.Any(line => line.Contains("INSERT INTO \"signups\"", StringComparison.Ordinal)), Is.True, "it was listened to");
            Assert.That(heard.Lines.Any(line => line.Contains(".eml", StringComparison.Ordinal)), Is.True);
            foreach (var code in new[] { first, second, wrong })
            {
                Assert.That(heard.Lines.Where(line => Shows(line, code)), Is.Empty, "Logs and traces.");
                Assert.That(beforeSending.Concat(cells).Where(cell => Shows(cell, code)), Is.Empty, "Columns.");
                Assert.That(errors.Append(verified).Where(error => Shows(error.Body, code)), Is.Empty, "Answers.");
            }

            Assert.That(heard.Lines.Where(key.AreIn), Is.Empty);
            Assert.That(cells.Where(key.AreIn), Is.Empty);
        });
    }

    [TearDown]
    public void Stop() => heard.Dispose();

    /// <summary>As a number of its own: six digits in a row are in many a time and id.</summary>
    static bool Shows(string text, string code) => System.Text.RegularExpressions.Regex.IsMatch(text, $"(?<![0-9A-Za-z.:+/-]){code}(?![0-9A-Za-z.:+/-])");

    static async Task<IReadOnlyList<string>> CellsAsync(ApiHost host) =>
        [.. (await host.Data.Database.CellsAsync()).Select(cell => cell.Value is byte[] bytes ? Encoding.Latin1.GetString(bytes) : $"{cell.Value}")];

    static Task<Answer> VerifyAsync(ApiHost host, string code, string key = "none") =>
        PostAsync(host, "/v1/signup/verify", new() { ["email"] = Email, ["otp_code"] = code }, key);

    static Task<Answer> PostAsync(ApiHost host, string path, JsonObject body, string key = "none") =>
        host.Nobody.PostAsync(path, body.ToJsonString(), key == "none" ? [] : [("Idempotency-Key", key)]);
}
