using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Mail;

sealed class MailService(MailSender sender, TimeProvider time, ILogger<MailService> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sender.SendAllDueAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(failure, "The outbox of mails could not be read.");
            }
        }
    }
}
