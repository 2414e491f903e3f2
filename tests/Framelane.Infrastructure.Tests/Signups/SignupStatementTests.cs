using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Signups;

/// <summary>Whatever there is to an address, the same is read and written: how long an answer takes tells nothing. Counted, not timed.</summary>
[EveryDatabase]
public sealed class SignupStatementTests<TDatabase> : SignupStorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    const string Wrong = "000000";

    readonly Statements statements = new();

    TestHost watched = null!;

    [SetUp]
    public void Watch() => watched = NewHost(services => services.ConfigureDbContext<FramelaneDbContext>(options => options.AddInterceptors(statements)));

    [TearDown]
    public async Task Unwatch() => await watched.DisposeAsync();

    [Test]
    public async Task A_sign_up_costs_the_same_with_every_address()
    {
        await PrepareAsync();
        var expected = await OfAsync(() => SignUpAsync("new@example.com", host: watched));

        Assert.That(expected.Count(line => line.StartsWith("write", StringComparison.Ordinal)), Is.EqualTo(6), "workspace, key, two lines, address, mail");
        foreach (var address in Addresses)
            Assert.That(await OfAsync(() => SignUpAsync(address, host: watched)), Is.EqualTo(expected), address);
    }

    [Test]
    public async Task A_resend_costs_the_same_with_every_address()
    {
        await PrepareAsync();
        var expected = await OfAsync(() => ResendAsync("new@example.com", host: watched));

        Assert.That(expected.Count(line => line.StartsWith("write", StringComparison.Ordinal)), Is.EqualTo(2), "address, mail");
        foreach (var address in Addresses)
            Assert.That(await OfAsync(() => ResendAsync(address, host: watched)), Is.EqualTo(expected), address);
    }

    [Test]
    public async Task A_refusal_costs_the_same_with_every_address_and_code()
    {
        var used = await PrepareAsync();
        var expected = await OfAsync(() => VerifyAsync(Wrong, "new@example.com", watched));

        Assert.That(expected.Count(line => line.StartsWith("write", StringComparison.Ordinal)), Is.EqualTo(1), "address");
        foreach (var address in Addresses)
            Assert.That(await OfAsync(() => VerifyAsync(Wrong, address, watched)), Is.EqualTo(expected), address);
        Assert.That(await OfAsync(() => VerifyAsync(used, "verified@example.com", watched)), Is.EqualTo(expected), "used up");
        Time.Advance(TimeSpan.FromMinutes(15));
        var late = await LastCodeAsync("pending@example.com");
        Assert.That(await OfAsync(() => VerifyAsync(late, "pending@example.com", watched)), Is.EqualTo(expected), "too late");
    }

    static readonly string[] Addresses = ["asked@example.com", "pending@example.com", "flooded@example.com", "tried@example.com", "verified@example.com"];

    /// <returns>The code that verified the one that is.</returns>
    async Task<string> PrepareAsync()
    {
        await VerifyAsync(Wrong, "asked@example.com");
        foreach (var address in Addresses.Skip(1))
            await SignUpAsync(address);
        for (var i = 0; i < 6; i++)
        {
            await ResendAsync("flooded@example.com");
            await VerifyAsync(Other(await LastCodeAsync("tried@example.com")), "tried@example.com");
        }

        var code = await LastCodeAsync("verified@example.com");
        Assert.That((await VerifyAsync(code, "verified@example.com")).IsSuccess);
        return code;
    }

    async Task<IReadOnlyList<string>> OfAsync<T>(Func<Task<T>> ask)
    {
        statements.Take();
        await ask();
        return statements.Take();
    }
}
