using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Framelane.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class InitialCreate : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    key_prefix = table.Column<string>(type: "TEXT", unicode: false, maxLength: 16, nullable: false),
                    key_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_used_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_api_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "asset_fonts",
                columns: table => new
                {
                    asset_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    family = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_asset_fonts", x => new { x.asset_id, x.family });
                });

            migrationBuilder.CreateTable(
                name: "assets",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    origin = table.Column<int>(type: "INTEGER", nullable: false),
                    import_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: true),
                    fetch_url = table.Column<string>(type: "TEXT", maxLength: 2083, nullable: true),
                    filename = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    status = table.Column<int>(type: "INTEGER", nullable: false),
                    content_type = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    extension = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    size_bytes = table.Column<long>(type: "INTEGER", nullable: true),
                    metadata = table.Column<string>(type: "TEXT", nullable: true),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: true),
                    claimable_at = table.Column<long>(type: "INTEGER", nullable: false),
                    fence = table.Column<long>(type: "INTEGER", nullable: false),
                    runs = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_assets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "attempts",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    delivery_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    webhook_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: true),
                    event_type = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    job_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: true),
                    attempt_number = table.Column<int>(type: "INTEGER", nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempted_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: false),
                    status_code = table.Column<int>(type: "INTEGER", nullable: true),
                    failure_reason = table.Column<string>(type: "TEXT", unicode: false, maxLength: 64, nullable: true),
                    response_body = table.Column<string>(type: "TEXT", nullable: true),
                    next_retry_at = table.Column<long>(type: "INTEGER", nullable: true),
                    epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    signatures = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attempts", x => new { x.workspace_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "audit_log",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    action = table.Column<string>(type: "TEXT", unicode: false, maxLength: 60, nullable: false),
                    target_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: true),
                    api_key_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: true),
                    subject = table.Column<string>(type: "TEXT", unicode: false, maxLength: 255, nullable: true),
                    address = table.Column<string>(type: "TEXT", unicode: false, maxLength: 64, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_log", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "billing_accounts",
                columns: table => new
                {
                    workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    customer_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 255, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_begun = table.Column<long>(type: "INTEGER", nullable: false),
                    last_written = table.Column<long>(type: "INTEGER", nullable: false),
                    gives_plan = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_billing_accounts", x => x.workspace_id);
                });

            migrationBuilder.CreateTable(
                name: "billing_events",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 255, nullable: false),
                    workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    type = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    handled_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_billing_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    xml = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deliveries",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    event_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    event_type = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    job_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: true),
                    sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    webhook_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: true),
                    url = table.Column<string>(type: "TEXT", maxLength: 2083, nullable: true),
                    lane = table.Column<string>(type: "TEXT", unicode: false, maxLength: 64, nullable: false),
                    one_shot = table.Column<bool>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempt_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    attempt_number = table.Column<int>(type: "INTEGER", nullable: false),
                    step = table.Column<int>(type: "INTEGER", nullable: false),
                    scheduled_at = table.Column<long>(type: "INTEGER", nullable: false),
                    next_attempt_at = table.Column<long>(type: "INTEGER", nullable: false),
                    claimable_at = table.Column<long>(type: "INTEGER", nullable: false),
                    fence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deliveries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "events",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    type = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    job_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: true),
                    sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    body = table.Column<byte[]>(type: "BLOB", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    trace_parent = table.Column<string>(type: "TEXT", unicode: false, maxLength: 55, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                columns: table => new
                {
                    scope = table.Column<string>(type: "TEXT", unicode: false, maxLength: 300, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    fingerprint = table.Column<byte[]>(type: "BLOB", maxLength: 64, nullable: false),
                    token = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    lease_expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    answer = table.Column<byte[]>(type: "BLOB", nullable: true),
                    barrier_workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: true),
                    barrier_epoch = table.Column<long>(type: "INTEGER", nullable: true),
                    barrier_passed = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency_keys", x => new { x.scope, x.key });
                });

            migrationBuilder.CreateTable(
                name: "identities",
                columns: table => new
                {
                    issuer = table.Column<string>(type: "TEXT", unicode: false, maxLength: 500, nullable: false),
                    subject = table.Column<string>(type: "TEXT", unicode: false, maxLength: 255, nullable: false),
                    workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identities", x => new { x.issuer, x.subject });
                });

            migrationBuilder.CreateTable(
                name: "job_requests",
                columns: table => new
                {
                    job_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    document = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_requests", x => x.job_id);
                });

            migrationBuilder.CreateTable(
                name: "job_sources",
                columns: table => new
                {
                    job_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    asset_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    url = table.Column<string>(type: "TEXT", maxLength: 2083, nullable: false),
                    place = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_sources", x => new { x.job_id, x.asset_id });
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    task_type = table.Column<int>(type: "INTEGER", nullable: true),
                    workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: false),
                    progress_percent = table.Column<int>(type: "INTEGER", nullable: false),
                    progress_stage = table.Column<int>(type: "INTEGER", nullable: true),
                    output = table.Column<string>(type: "TEXT", nullable: true),
                    content_key = table.Column<string>(type: "TEXT", unicode: false, maxLength: 64, nullable: true),
                    output_removed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    metadata = table.Column<string>(type: "TEXT", nullable: false),
                    warnings = table.Column<string>(type: "TEXT", nullable: false),
                    is_draft = table.Column<bool>(type: "INTEGER", nullable: false),
                    reserved_milliseconds = table.Column<long>(type: "INTEGER", nullable: false),
                    webhook_url = table.Column<string>(type: "TEXT", maxLength: 2083, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    completed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    runs = table.Column<int>(type: "INTEGER", nullable: false),
                    claimable_at = table.Column<long>(type: "INTEGER", nullable: false),
                    fence = table.Column<long>(type: "INTEGER", nullable: false),
                    leftovers_since = table.Column<long>(type: "INTEGER", nullable: true),
                    told_percent = table.Column<int>(type: "INTEGER", nullable: false),
                    told_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_jobs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mails",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    recipient = table.Column<string>(type: "TEXT", maxLength: 320, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    claimable_at = table.Column<long>(type: "INTEGER", nullable: false),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    fence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mails", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "meter_reports",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    month = table.Column<long>(type: "INTEGER", nullable: false),
                    plan = table.Column<string>(type: "TEXT", unicode: false, maxLength: 20, nullable: false),
                    minutes = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    made_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    told_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_reports", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "metered_renders",
                columns: table => new
                {
                    job_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    month = table.Column<long>(type: "INTEGER", nullable: false),
                    plan = table.Column<string>(type: "TEXT", unicode: false, maxLength: 20, nullable: false),
                    milliseconds = table.Column<long>(type: "INTEGER", nullable: false),
                    completed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    counted_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_metered_renders", x => x.job_id);
                });

            migrationBuilder.CreateTable(
                name: "nodes",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    roles = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    heartbeat_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nodes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "signups",
                columns: table => new
                {
                    address = table.Column<string>(type: "TEXT", unicode: false, maxLength: 254, nullable: false),
                    id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: true),
                    recipient = table.Column<string>(type: "TEXT", unicode: false, maxLength: 254, nullable: true),
                    workspace_name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: true),
                    code_digest = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    code_expires_at = table.Column<long>(type: "INTEGER", nullable: true),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    mailed_at = table.Column<string>(type: "TEXT", unicode: false, maxLength: 500, nullable: false),
                    forget_at = table.Column<long>(type: "INTEGER", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_signups", x => x.address);
                });

            migrationBuilder.CreateTable(
                name: "spent_minutes",
                columns: table => new
                {
                    owner = table.Column<string>(type: "TEXT", unicode: false, maxLength: 64, nullable: false),
                    month = table.Column<long>(type: "INTEGER", nullable: false),
                    milliseconds = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_spent_minutes", x => x.owner);
                });

            migrationBuilder.CreateTable(
                name: "uploads",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    asset_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    content_type = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    received = table.Column<long>(type: "INTEGER", nullable: false),
                    total = table.Column<long>(type: "INTEGER", nullable: true),
                    draft = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    completed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    writer_until = table.Column<long>(type: "INTEGER", nullable: false),
                    fence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_uploads", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "usage_ledger",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    job_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_usage_ledger", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "webhooks",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    workspace_id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    url = table.Column<string>(type: "TEXT", maxLength: 2083, nullable: false),
                    events = table.Column<string>(type: "TEXT", unicode: false, maxLength: 1000, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    disabled_reason = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: true),
                    failing_since = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_delivery_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_webhooks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "workspaces",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    email = table.Column<string>(type: "TEXT", maxLength: 320, nullable: true),
                    email_key = table.Column<string>(type: "TEXT", maxLength: 320, nullable: true),
                    email_verified = table.Column<bool>(type: "INTEGER", nullable: false),
                    verify_by = table.Column<long>(type: "INTEGER", nullable: true),
                    plan = table.Column<string>(type: "TEXT", unicode: false, maxLength: 20, nullable: false),
                    plan_status = table.Column<string>(type: "TEXT", unicode: false, maxLength: 20, nullable: false),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    erase_at = table.Column<long>(type: "INTEGER", nullable: true),
                    epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    previous_expires_at = table.Column<long>(type: "INTEGER", nullable: true),
                    rotated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    current_secret = table.Column<byte[]>(type: "BLOB", maxLength: 512, nullable: false),
                    current_secret_epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    previous_secret = table.Column<byte[]>(type: "BLOB", maxLength: 512, nullable: true),
                    previous_secret_epoch = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workspaces", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_prefix",
                table: "api_keys",
                column: "key_prefix");

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_workspace",
                table: "api_keys",
                columns: new[] { "workspace_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_asset_fonts_family",
                table: "asset_fonts",
                columns: new[] { "workspace_id", "family" });

            migrationBuilder.CreateIndex(
                name: "ix_assets_claim",
                table: "assets",
                column: "claimable_at",
                filter: "status IN (1, 2)");

            migrationBuilder.CreateIndex(
                name: "ix_assets_expiry",
                table: "assets",
                column: "expires_at",
                filter: "expires_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_assets_import",
                table: "assets",
                column: "import_id",
                filter: "import_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_assets_work",
                table: "assets",
                columns: new[] { "workspace_id", "status", "runs", "id" },
                filter: "status IN (1, 2)");

            migrationBuilder.CreateIndex(
                name: "ix_assets_workspace",
                table: "assets",
                columns: new[] { "workspace_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_attempts_webhook",
                table: "attempts",
                columns: new[] { "webhook_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_log_workspace",
                table: "audit_log",
                columns: new[] { "workspace_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_billing_accounts_customer",
                table: "billing_accounts",
                column: "customer_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_billing_events_age",
                table: "billing_events",
                column: "handled_at");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_claim",
                table: "deliveries",
                columns: new[] { "lane", "next_attempt_at" },
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_event",
                table: "deliveries",
                column: "event_id");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_open",
                table: "deliveries",
                columns: new[] { "workspace_id", "attempt_id", "webhook_id" },
                filter: "state IN (0, 3)");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_order",
                table: "deliveries",
                columns: new[] { "job_id", "lane", "sequence" },
                filter: "state = 0 AND attempt_number = 1 AND job_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_recover",
                table: "deliveries",
                columns: new[] { "webhook_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_keys_age",
                table: "idempotency_keys",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_identities_workspace",
                table: "identities",
                column: "workspace_id");

            migrationBuilder.CreateIndex(
                name: "ix_job_sources_asset",
                table: "job_sources",
                column: "asset_id");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_claim",
                table: "jobs",
                columns: new[] { "claimable_at", "id" },
                filter: "status IN (0, 1, 2)");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_content",
                table: "jobs",
                columns: new[] { "workspace_id", "content_key" },
                filter: "content_key IS NOT NULL AND output IS NOT NULL AND output_removed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_leftovers",
                table: "jobs",
                column: "leftovers_since",
                filter: "leftovers_since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_open",
                table: "jobs",
                columns: new[] { "workspace_id", "status", "id" },
                filter: "status IN (0, 1, 2)");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_output",
                table: "jobs",
                column: "completed_at",
                filter: "output IS NOT NULL AND output_removed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_workspace",
                table: "jobs",
                columns: new[] { "workspace_id", "kind", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_mails_claim",
                table: "mails",
                column: "claimable_at");

            migrationBuilder.CreateIndex(
                name: "ix_meter_reports_month",
                table: "meter_reports",
                columns: new[] { "month", "workspace_id", "plan", "minutes" });

            migrationBuilder.CreateIndex(
                name: "ix_meter_reports_untold",
                table: "meter_reports",
                columns: new[] { "workspace_id", "due_at", "made_at" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_metered_renders_month",
                table: "metered_renders",
                columns: new[] { "month", "workspace_id", "plan", "milliseconds" });

            migrationBuilder.CreateIndex(
                name: "ix_metered_renders_uncounted",
                table: "metered_renders",
                columns: new[] { "workspace_id", "counted_at", "completed_at" },
                filter: "counted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signups_forget",
                table: "signups",
                column: "forget_at");

            migrationBuilder.CreateIndex(
                name: "ix_spent_minutes_month",
                table: "spent_minutes",
                column: "month");

            migrationBuilder.CreateIndex(
                name: "ix_uploads_expiry",
                table: "uploads",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_usage_ledger_egress",
                table: "usage_ledger",
                columns: new[] { "workspace_id", "at" },
                unique: true,
                filter: "kind = 2");

            migrationBuilder.CreateIndex(
                name: "ix_usage_ledger_job",
                table: "usage_ledger",
                column: "job_id",
                unique: true,
                filter: "job_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_usage_ledger_workspace",
                table: "usage_ledger",
                columns: new[] { "workspace_id", "kind", "at", "quantity" });

            migrationBuilder.CreateIndex(
                name: "ix_webhooks_workspace",
                table: "webhooks",
                columns: new[] { "workspace_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_workspaces_email",
                table: "workspaces",
                column: "email_key",
                filter: "email_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_workspaces_erasure",
                table: "workspaces",
                column: "erase_at",
                filter: "erase_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_workspaces_verify",
                table: "workspaces",
                column: "verify_by",
                filter: "verify_by IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "api_keys");

            migrationBuilder.DropTable(
                name: "asset_fonts");

            migrationBuilder.DropTable(
                name: "assets");

            migrationBuilder.DropTable(
                name: "attempts");

            migrationBuilder.DropTable(
                name: "audit_log");

            migrationBuilder.DropTable(
                name: "billing_accounts");

            migrationBuilder.DropTable(
                name: "billing_events");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "deliveries");

            migrationBuilder.DropTable(
                name: "events");

            migrationBuilder.DropTable(
                name: "idempotency_keys");

            migrationBuilder.DropTable(
                name: "identities");

            migrationBuilder.DropTable(
                name: "job_requests");

            migrationBuilder.DropTable(
                name: "job_sources");

            migrationBuilder.DropTable(
                name: "jobs");

            migrationBuilder.DropTable(
                name: "mails");

            migrationBuilder.DropTable(
                name: "meter_reports");

            migrationBuilder.DropTable(
                name: "metered_renders");

            migrationBuilder.DropTable(
                name: "nodes");

            migrationBuilder.DropTable(
                name: "signups");

            migrationBuilder.DropTable(
                name: "spent_minutes");

            migrationBuilder.DropTable(
                name: "uploads");

            migrationBuilder.DropTable(
                name: "usage_ledger");

            migrationBuilder.DropTable(
                name: "webhooks");

            migrationBuilder.DropTable(
                name: "workspaces");
        }
    }
}
