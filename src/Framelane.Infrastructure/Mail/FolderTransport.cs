using Framelane.Infrastructure.Configuration;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Framelane.Infrastructure.Mail;

/// <summary>Without a mail server: one file a mail in <c>{DataPath}/outbox</c>, named by its id, so that a repeat replaces it.</summary>
sealed class FolderTransport(DataFolder folder, ILogger<FolderTransport> logger) : IMailTransport
{
    public const string Name = "outbox";

    public async Task SendAsync(string id, MimeMessage message, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        await message.WriteToAsync(text, cancellationToken);
        var file = Path.Combine(folder.Ensure(Name), id + ".eml");
        await PrivateFile.WriteAsync(file, text.ToArray(), cancellationToken);
        logger.LogInformation("There is no mail server (Framelane:Smtp:Host), so a mail was written to {File}.", file);
    }
}
