using System.Text.RegularExpressions;
using Framelane.Application.Signups.Create;
using Framelane.Application.Signups.Resend;
using Framelane.Application.Signups.Verify;
using Framelane.Domain.Common;
using Framelane.Infrastructure.Mail;
using Framelane.Infrastructure.Tests.Persistence;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Framelane.Infrastructure.Tests.Signups;

/// <summary>The use cases of signing up over a real database, and the mails as an installation without a mail server has them: as files.</summary>
public abstract partial class SignupStorageTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    protected const string Zoe = "zoe@example.com";

    private protected Task<Result<SignupResponse>> SignUpAsync(string email = Zoe, string name = "Studio", TestHost? host = null) =>
        SendAsync(new CreateSignupCommand(new() { WorkspaceName = name, Email = email }, "203.0.113.7"), host);

    private protected Task<Result<VerifySignupResponse>> VerifyAsync(string code, string email = Zoe, TestHost? host = null) =>
        SendAsync(new VerifySignupCommand(new() { Email = email, OtpCode = code }, "203.0.113.7"), host);

    private protected Task<Result<ResendSignupCodeResponse>> ResendAsync(string email = Zoe, TestHost? host = null) =>
        SendAsync(new ResendSignupCodeCommand(new() { Email = email }), host);

    /// <summary>Signs up and verifies.</summary>
    private protected async Task<SignupResponse> MakeVerifiedAsync(string email = Zoe)
    {
        var made = (await SignUpAsync(email)).Value!;
        Assert.That((await VerifyAsync(await LastCodeAsync(email), email)).IsSuccess);
        return made;
    }

    /// <summary>All mails to the address so far, oldest first.</summary>
    private protected async Task<IReadOnlyList<MimeMessage>> MailsAsync(string to = Zoe)
    {
        await Host.Get<MailSender>().SendAllDueAsync(CancellationToken.None);
        var folder = Path.Combine(Database.Folder, FolderTransport.Name);
        if (!Directory.Exists(folder))
            return [];
        var mails = await Task.WhenAll(Directory.GetFiles(folder).Select(file => MimeMessage.LoadAsync(file)));
        return [.. mails.Where(mail => mail.To.ToString() == to).OrderBy(mail => mail.MessageId, StringComparer.Ordinal)];
    }

    private protected async Task<string> LastCodeAsync(string to = Zoe) => CodeIn((await MailsAsync(to))[^1])!;

    protected static string? CodeIn(MimeMessage mail) => SixDigits().Match(mail.TextBody!) is { Success: true } found ? found.Value : null;

    /// <summary>A code that it is not.</summary>
    protected static string Other(string code) => $"{(int.Parse(code) + 1) % 1_000_000:000000}";

    async Task<Result<T>> SendAsync<T>(IRequest<Result<T>> request, TestHost? host)
    {
        // Mails are told apart by when they were written.
        Time.Advance(TimeSpan.FromMilliseconds(2));
        await using var scope = (host ?? Host).Scope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(request);
    }

    [GeneratedRegex(@"\b[0-9]{6}\b")]
    private static partial Regex SixDigits();
}
