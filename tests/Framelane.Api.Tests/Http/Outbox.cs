using System.Text.RegularExpressions;
using Framelane.Infrastructure.Mail;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Framelane.Api.Tests.Http;

/// <summary>The mails that a host wrote into its outbox, which has no mail server.</summary>
static partial class Outbox
{
    /// <summary>All to the address so far, oldest first.</summary>
    public static async Task<IReadOnlyList<MimeMessage>> MailsAsync(this ApiHost host, string to)
    {
        await Eventually.HoldsAsync(async () =>
        {
            await host.Services.GetRequiredService<MailSender>().SendDueAsync(CancellationToken.None);
            return await host.Data.Database.CountAsync("mails") == 0;
        });
        var folder = new DirectoryInfo(Path.Combine(host.Data.Path, FolderTransport.Name));
        var mails = folder.Exists ? await Task.WhenAll(folder.EnumerateFiles("*.eml").Select(file => MimeMessage.LoadAsync(file.FullName))) : [];
        return [.. mails.Where(mail => mail.To.ToString() == to).OrderBy(mail => mail.MessageId, StringComparer.Ordinal)];
    }

    /// <summary>The code of the last mail to the address.</summary>
    public static async Task<string> CodeAsync(this ApiHost host, string to) => CodeIn((await host.MailsAsync(to))[^1])!;

    public static string? CodeIn(MimeMessage mail) => SixDigits().Match(mail.TextBody!) is { Success: true } found ? found.Value : null;

    /// <summary>A code that it is not.</summary>
    public static string Other(string code, int by = 1) => $"{(int.Parse(code) + by) % 1_000_000:000000}";

    [GeneratedRegex(@"\b[0-9]{6}\b")]
    private static partial Regex SixDigits();
}
