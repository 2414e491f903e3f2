using System.Net;
using Amazon.S3;
using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Persistence;

public sealed class OutagesTests
{
    const int Busy = 5;
    const int Constraint = 19;

    readonly Outages outages = new(new SqliteProvider("Data Source=unused.db", new SqliteWriteGate(), TimeProvider.System));

    static IEnumerable<Exception> AnOutage() =>
    [
        new UnavailableException("no heartbeat"),
        new SqliteException("busy", Busy),
        new DbUpdateException("wrapped by EF", new SqliteException("busy", Busy)),
        new CommitUncertainException(new SqliteException("gone", Constraint)),
        new AmazonS3Exception("slow down") { StatusCode = HttpStatusCode.ServiceUnavailable },
        new AmazonS3Exception("no answer"),
        new HttpRequestException("connection refused"),
        new IOException("no space left on device", 28),
    ];

    static IEnumerable<Exception> ABug() =>
    [
        new InvalidOperationException("a bug"),
        new DbUpdateException("wrapped by EF", new SqliteException("constraint", Constraint)),
        new AmazonS3Exception("wrong key") { StatusCode = HttpStatusCode.Forbidden },
        new IOException("permission denied", 13),
    ];

    [TestCaseSource(nameof(AnOutage))]
    public void What_the_database_could_not_do_at_the_moment_is_an_outage(Exception failure) => Assert.That(outages.IsOutage(failure));

    [TestCaseSource(nameof(ABug))]
    public void What_it_refuses_for_good_is_a_bug(Exception failure) => Assert.That(outages.IsOutage(failure), Is.False);
}
