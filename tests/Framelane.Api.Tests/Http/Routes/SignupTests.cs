using System.Text.Json.Nodes;
using Framelane.Client;

namespace Framelane.Api.Tests.Http.Routes;

/// <summary>What tests of signing up begin with: addresses that nobody else has, and callers without a key.</summary>
public abstract class SignupTests : SharedHostTests
{
    HttpClient http = null!;

    private protected FramelaneClient Client { get; private set; } = null!;

    [SetUp]
    public void Connect()
    {
        http = new() { BaseAddress = Host.Url };
        Client = new(http);
    }

    [TearDown]
    public void Disconnect()
    {
        Client.Dispose();
        http.Dispose();
    }

    protected static string NewAddress(string name = "zoe") => $"{name}.{Guid.NewGuid():N}@example.com";

    private protected static Task<Answer> SignUpAsync(string email, string name = "Studio", string? idempotencyKey = null) =>
        PostAsync("/v1/signup", new() { ["workspace_name"] = name, ["email"] = email }, idempotencyKey);

    private protected static Task<Answer> VerifyAsync(string email, string code, string? idempotencyKey = null) =>
        PostAsync("/v1/signup/verify", new() { ["email"] = email, ["otp_code"] = code }, idempotencyKey);

    private protected static Task<Answer> ResendAsync(string email, string? idempotencyKey = null) =>
        PostAsync("/v1/signup/resend", new() { ["email"] = email }, idempotencyKey);

    /// <summary>What the key of a sign-up's answer gets.</summary>
    private protected static async Task<Answer> UseAsync(Answer signup)
    {
        using var tenant = new Tenant((string)signup.Json["api_key"]!, Host.Url);
        return await tenant.Raw.GetAsync("/v1/workspace");
    }

    private protected static async Task<Answer> MakeVerifiedAsync(string email)
    {
        var made = await SignUpAsync(email);
        Assert.That((await VerifyAsync(email, await Host.CodeAsync(email))).Status, Is.EqualTo(200));
        return made;
    }

    static Task<Answer> PostAsync(string path, JsonObject body, string? idempotencyKey) =>
        Host.Nobody.PostAsync(path, body.ToJsonString(), idempotencyKey is null ? [] : [("Idempotency-Key", idempotencyKey)]);
}
